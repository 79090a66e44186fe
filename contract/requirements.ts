/** Documented behaviours: how they are named, what they rest on, how hard they count. */

export type Area = "section-access" | "impersonation" | "rules";

/** Permanent id of a documented behaviour, as in the catalogue: `SA-WLD-02`, `SR-344`, `IM-036`. Never reused. */
export type RequirementId = `${"SA" | "LS" | "IM" | "SEC" | "QR" | "EN" | "UD" | "BR" | "SR" | "CL"}-${string}`;

/** What a statement rests on. */
export type Basis = "documented" | "staff" | "expert" | "client-code" | "forum" | "inferred" | "conflicting" | "open";

/** How hard a mismatch counts: core and staff fail, disputed is observed unless the target declares its dialect. */
export type Level = "core" | "staff" | "disputed";

export interface Source {
  readonly where: string;
  /** Whether the words were read, or recalled from a page whose relevant part could not be retrieved. */
  readonly read: boolean;
}

export interface Requirement {
  readonly id: RequirementId;
  readonly area: Area;
  /** One short line, the outcome in the third person. */
  readonly title: string;
  readonly statement: string;
  readonly basis: Basis;
  readonly level: Level;
  readonly sources: readonly Source[];
  /** Name of the dialect switch that decides it, where sources conflict. */
  readonly dialectSwitch?: string;
  /** Why the level differs from what the basis gives; a row without it follows the rule. */
  readonly levelReason?: string;
  /** Why no case can prove it. An excluded requirement is never green. */
  readonly excluded?: string;
}
