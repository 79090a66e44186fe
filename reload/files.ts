/** Files held in memory, for scripts to read. */
import { pathFits } from "./glob.ts";
import type { FileAccess } from "./model.ts";

/** Files by path; a path with `*` or `?` lists those that fit, in the order of their names. */
export function filesFrom(files: ReadonlyMap<string, string>): FileAccess {
  return Object.assign((path: string) => files.get(path), {
    list: (pattern: string) => [...files.keys()].filter((path) => pathFits(pattern, path)).toSorted(),
  });
}
