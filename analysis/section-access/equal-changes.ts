/** Users for whom the same changes, told once: the people first, and the group they have in common. */
import { createHash } from "node:crypto";
import type { Difference } from "./compare.ts";
import { rowKey } from "./compare-rows.ts";

export interface EqualChange {
  readonly users: readonly string[];
  /** A group all of them are in, where there are several users; the one with the fewest others in it. */
  readonly group?: string;
  /** What changes, the same for each of them. */
  readonly difference: Difference;
}

/** Equal for equal changes, whatever the order of rows. */
function signature({ access, fields, tables }: Difference): string {
  const told = tables.map(({ table, gained, lost, changed }) => [
    table,
    gained.map(rowKey).sort(),
    lost.map(rowKey).sort(),
    changed.map(({ before, after }) => rowKey([...before, ...after])).sort(),
  ]);
  return createHash("sha256")
    .update(JSON.stringify([access, fields, told]))
    .digest("hex");
}

function commonGroup(differences: readonly Difference[], sizes: ReadonlyMap<string, number>): string | undefined {
  const [first, ...others] = differences;
  const common = (first?.groups ?? []).filter((group) => others.every(({ groups }) => groups.includes(group)));
  return common.toSorted((a, b) => (sizes.get(a) ?? 0) - (sizes.get(b) ?? 0))[0];
}

/** Users by equal change, the largest group first. */
export function equalChanges(differences: readonly Difference[]): readonly EqualChange[] {
  const byChange = new Map<string, Difference[]>();
  const sizes = new Map<string, number>();
  for (const difference of differences) {
    const key = signature(difference);
    byChange.set(key, [...(byChange.get(key) ?? []), difference]);
    for (const group of difference.groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  return [...byChange.values()]
    .flatMap((same): EqualChange[] => {
      const [difference] = same;
      if (difference === undefined) return [];
      const group = same.length > 1 ? commonGroup(same, sizes) : undefined;
      return [{ users: same.map(({ user }) => user), difference, ...(group === undefined ? {} : { group }) }];
    })
    .toSorted((a, b) => b.users.length - a.users.length);
}
