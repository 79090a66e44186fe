/** What `lint` can find: each rule with its severity, the statement it rests on, and what follows from it. */
import type { Place } from "../../../contract/errors.ts";
import type { RequirementId } from "../../../contract/types.ts";

/** `fail-open`: somebody sees what was not meant for him; `locks-out`: somebody does not see what was. */
export type Severity = "fail-open" | "locks-out" | "advice";

export type Rule =
  | "field-case"
  | "lone-star"
  | "unlisted-value"
  | "absent-value"
  | "cross-product"
  | "omit-unknown"
  | "omit-list"
  | "omit-key"
  | "omit-reducing"
  | "island"
  | "loosened"
  | "locked-out"
  | "mixed-case-value"
  | "no-scheduler"
  | "service-account"
  | "short-row"
  | "long-row"
  | "leftover-copy"
  | "system-field-in-data"
  | "white-space"
  | "duplicate-row"
  | "invalid-level"
  | "blank-identity"
  | "qualified"
  | "near-system-field";

/** How grave a rule's findings are, and the statement they rest on. */
export const rules: {
  readonly [rule in Rule]: { readonly severity: Severity; readonly requirement: RequirementId };
} = {
  "field-case": { severity: "fail-open", requirement: "SA-RED-02" },
  "lone-star": { severity: "locks-out", requirement: "SA-WLD-05" },
  "unlisted-value": { severity: "advice", requirement: "SA-RED-07" },
  "absent-value": { severity: "advice", requirement: "SA-RED-06" },
  "cross-product": { severity: "fail-open", requirement: "SA-RED-04" },
  "omit-unknown": { severity: "fail-open", requirement: "SA-OMT-07" },
  "omit-list": { severity: "fail-open", requirement: "SA-OMT-02" },
  "omit-key": { severity: "advice", requirement: "SA-OMT-09" },
  "omit-reducing": { severity: "advice", requirement: "SA-OMT-10" },
  island: { severity: "advice", requirement: "SA-PRP-03" },
  loosened: { severity: "fail-open", requirement: "SA-PRP-07" },
  "locked-out": { severity: "locks-out", requirement: "SA-STR-02" },
  "mixed-case-value": { severity: "locks-out", requirement: "SA-CASE-04" },
  "no-scheduler": { severity: "locks-out", requirement: "SA-LIF-01" },
  "service-account": { severity: "advice", requirement: "SA-ACC-04" },
  "short-row": { severity: "advice", requirement: "LS-INL-04" },
  "long-row": { severity: "fail-open", requirement: "LS-INL-04" },
  "leftover-copy": { severity: "fail-open", requirement: "SA-SCR-07" },
  "system-field-in-data": { severity: "locks-out", requirement: "SA-SCR-08" },
  "white-space": { severity: "locks-out", requirement: "SA-WS-01" },
  "duplicate-row": { severity: "advice", requirement: "SA-ROW-07" },
  "invalid-level": { severity: "locks-out", requirement: "SA-ACC-01" },
  "blank-identity": { severity: "locks-out", requirement: "SA-ROW-03" },
  qualified: { severity: "locks-out", requirement: "LS-MOD-05" },
  "near-system-field": { severity: "fail-open", requirement: "SA-SYS-07" },
};

export interface Finding {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly requirement: RequirementId;
  /** Line of the script or of a file, as far as it can be known. */
  readonly place?: Place;
  /** What is so, and what follows, in one sentence. */
  readonly message: string;
  /** Whom it concerns, where it is about people. */
  readonly users?: readonly string[];
}

export function finding(rule: Rule, place: Place | undefined, message: string, users?: readonly string[]): Finding {
  const about = { ...(place === undefined ? {} : { place }), message, ...(users === undefined ? {} : { users }) };
  return { rule, ...rules[rule], ...about };
}
