/** How hard a mismatch counts, from what a statement rests on and whether its words were read. */
import type { Basis, Level, Requirement } from "../contract/types.ts";

/** The rule; a row that departs from it carries a `levelReason`. */
export function levelOf(basis: Basis, read: boolean): Level {
  switch (basis) {
    case "documented":
      return read ? "core" : "staff";
    case "staff":
    case "expert":
    case "client-code":
    case "forum":
      return "staff";
    case "inferred":
    case "conflicting":
    case "open":
      return "disputed";
  }
}

/** The level the rule gives a row: its words count as read when at least one of its sources was. */
export function ruledLevel(row: Pick<Requirement, "basis" | "sources">): Level {
  return levelOf(
    row.basis,
    row.sources.some((source) => source.read),
  );
}
