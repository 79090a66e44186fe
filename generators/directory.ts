/** Names of people. */
import type { Principal } from "../contract/types.ts";

/** `DIRECTORY\id` (SA-SYS-02). */
export function fullName(who: Principal): string {
  return `${who.directory}\\${who.id}`;
}
