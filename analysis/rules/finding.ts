/** What is told of a rule set without being asked, and what it is looked for in. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { RequirementId, Site } from "../../contract/types.ts";
import type { Policy } from "../../reference/rules/spec.ts";
import type { Reading } from "./reading.ts";

export type FindingKind =
  | "broken-rule"
  | "never-fires"
  | "sections-about-objects"
  | "idle-filter-item"
  | "dead-branch"
  | "redundant-rule"
  | "no-user-test"
  | "branch-for-everybody"
  | "right-without-read"
  | "asks-nothing-of-parent"
  | "role-apart-from-project"
  | "group-not-enough"
  | "value-on-some-types-only"
  | "private-and-scripts"
  | "precedence-trap"
  | "session-only-attribute"
  | "unequal-lists"
  | "unknown-property"
  | "unknown-type";

export interface Unasked {
  readonly kind: FindingKind;
  /** Whether somebody gets more than is likely meant, somebody gets nothing, or the rule is only hard to read. */
  readonly weight: "too-much" | "nothing" | "unclear";
  readonly rule: string;
  readonly requirement: RequirementId;
  /** One sentence. */
  readonly text: string;
}

/** What the findings are looked for in. */
export interface RuleSet {
  readonly site: Site;
  readonly policy: Policy;
  readonly dialect: Dialect;
  readonly readings: readonly Reading[];
  /** Custom rules and nothing else: what shipped rules give, and what the site holds, is not known. */
  readonly partial: boolean;
}
