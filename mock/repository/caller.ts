import type { RequestContext } from "../../contract/types.ts";
import type { Identity } from "../identity.ts";

/** Who asks and where from. */
export interface Caller {
  readonly who: Identity;
  readonly context: RequestContext;
}

/** Who made a change, as entities tell it. */
export function signature({ who }: Caller): string {
  return `${who.directory}\\${who.id}`;
}

/** Signs what the repository does by itself: synchronisations, and what follows from a change. */
export const service = "INTERNAL\\sa_repository";
