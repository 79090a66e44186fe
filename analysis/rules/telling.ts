/** A finding about a rule, put together. */
import type { RequirementId } from "../../contract/types.ts";
import type { Reading } from "./reading.ts";
import type { FindingKind, Unasked } from "./finding.ts";

export interface Note {
  readonly kind: FindingKind;
  readonly weight: Unasked["weight"];
  readonly requirement: RequirementId;
}

export function tell({ rule }: Reading, note: Note, text: string): Unasked {
  return { ...note, rule: rule.name, text };
}

/** Names once each, for a sentence. */
export function quoted(names: readonly string[]): string {
  return [...new Set(names)].join(", ");
}
