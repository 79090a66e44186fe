/** The same decision read elsewhere: what the user himself is listed, with his privileges on it (QR-008, QR-033, SR-703). */
import type { Json } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import { restPaths } from "./deploy.ts";
import type { Qrs } from "./qrs.ts";

/** What each surface says of one action; `undefined` where it says nothing. */
export interface Surfaces {
  readonly list: boolean | undefined;
  readonly privileges: boolean | undefined;
}

const silent: Surfaces = { list: undefined, privileges: undefined };

function named(privileges: Json | undefined, action: string): boolean | undefined {
  if (!Array.isArray(privileges)) return undefined;
  return privileges.some((one: Json) => typeof one === "string" && one.toLowerCase() === action.toLowerCase());
}

/**
 * Lists the resource as the user, in the context of his session. The list holds what he may read, so it tells of reading;
 * of other actions only the privileges tell, and only on what is listed. Not every type has a list.
 */
export async function listedFor(qrs: Qrs, type: string, id: string, action: string): Promise<Surfaces> {
  const path = restPaths[type];
  if (path === undefined) return silent;
  const filter = encodeURIComponent(`id eq ${id}`);
  const listed = await qrs.list(`${path}/full?filter=${filter}&privileges=true`);
  const entity = listed.find((one) => one.id === id);
  if (entity === undefined && listed.length > 0)
    throw new TargetFault("malformed", `listing ${type} by id answered another one`);
  const { privileges } = (entity ?? {}) as { readonly privileges?: Json };
  const reads = action.toLowerCase() === "read";
  return {
    list: reads ? entity !== undefined : undefined,
    privileges: entity === undefined ? undefined : named(privileges, action),
  };
}
