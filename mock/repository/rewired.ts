/** Changing what the repository reads and answers. */
import type { Seams } from "../seams.ts";
import type { RepositorySeams } from "./seams.ts";

/** The seams with some of the repository's replaced. */
export function withRepository(seams: Seams, change: Partial<RepositorySeams>): Seams {
  return { ...seams, repository: { ...seams.repository, ...change } };
}
