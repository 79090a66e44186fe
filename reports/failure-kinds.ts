/** What kind of wrong a finding is. Each kind has a page in `docs/failures/`. */
import type { Finding } from "../contract/run.ts";
import type { Outcome } from "../contract/types.ts";
import { overlay, showsMore } from "./view-difference.ts";

export type FailureKind =
  | "opened-though-denied"
  | "refused-though-granted"
  | "wrong-rows"
  | "hidden-field-shown"
  | "granted-right"
  | "missing-right"
  | "wrong-identity"
  | "accepted-credential"
  | "refused-credential"
  | "broken-law"
  | "other";

/** Which way it errs: towards disclosure, towards lock-out, or neither can be said. */
export type Tendency = "shows too much" | "shows too little" | "differs";

export interface KindPage {
  readonly title: string;
  /** One sentence for a reader of the report. */
  readonly meaning: string;
  readonly tendency: Tendency;
}

export const failureKinds: { readonly [kind in FailureKind]: KindPage } = {
  "opened-though-denied": {
    title: "Opened though denied",
    meaning: "Somebody who should be refused got in and may see data that is not meant for them.",
    tendency: "shows too much",
  },
  "refused-though-granted": {
    title: "Refused though granted",
    meaning: "Somebody who should get in was refused.",
    tendency: "shows too little",
  },
  "wrong-rows": {
    title: "Wrong rows",
    meaning: "The app opened, but the reduction left other rows than section access asks for.",
    tendency: "differs",
  },
  "hidden-field-shown": {
    title: "Hidden field shown",
    meaning: "A field that OMIT hides from this user was shown.",
    tendency: "shows too much",
  },
  "granted-right": {
    title: "Granted a right nobody gave",
    meaning: "An action was allowed that no security rule grants.",
    tendency: "shows too much",
  },
  "missing-right": {
    title: "Missing right",
    meaning: "An action was denied although a security rule grants it.",
    tendency: "shows too little",
  },
  "wrong-identity": {
    title: "Wrong identity",
    meaning: "The session belongs to somebody else than the token, cookie or ticket names.",
    tendency: "shows too much",
  },
  "accepted-credential": {
    title: "Accepted a credential it must refuse",
    meaning: "A token, ticket or header that must be refused opened a session.",
    tendency: "shows too much",
  },
  "refused-credential": {
    title: "Refused a valid credential",
    meaning: "A token, ticket or header that must be accepted was refused.",
    tendency: "shows too little",
  },
  "broken-law": {
    title: "Broken law",
    meaning: "Two answers contradict each other in a way that no section access table or rule explains.",
    tendency: "differs",
  },
  other: {
    title: "Other difference",
    meaning: "The answer differs from the expected one in a way that has no page of its own.",
    tendency: "differs",
  },
};

/** Path of a kind's page from the root of the product. */
export function pageOf(kind: FailureKind): string {
  return `docs/failures/${kind}.md`;
}

export const failureKindNames: readonly FailureKind[] = Object.keys(failureKinds) as FailureKind[];

type Subject = Pick<Finding, "probe" | "expected" | "observed">;

/** The kind of a finding, from its probe and the two outcomes. */
export function kindOf({ probe, expected, observed }: Subject): FailureKind {
  if (expected.kind === "relation") return "broken-law";
  return kindOfPair(
    expected.outcome,
    observed,
    probe.kind === "open" || (probe.kind === "impersonate" && probe.app !== undefined),
  );
}

function kindOfPair(expected: Outcome, observed: Outcome, opening: boolean): FailureKind {
  switch (expected.kind) {
    case "refused":
      if (observed.kind === "refused") return "other";
      return opening ? "opened-though-denied" : "accepted-credential";
    case "view":
    case "measure":
    case "without-data":
      return kindOfOpened(expected, observed);
    case "decision":
      return kindOfDecision(expected.allowed, observed);
    case "session":
      return kindOfSession(expected, observed);
    case "transcript":
      return observed.kind === "transcript" ? kindOfSteps(expected.of, observed.of) : "other";
    case "undetermined":
      return "other";
  }
}

function kindOfDecision(allowed: boolean, observed: Outcome): FailureKind {
  if (observed.kind !== "decision" || observed.allowed === allowed) return "other";
  return observed.allowed ? "granted-right" : "missing-right";
}

function kindOfOpened(expected: Outcome, observed: Outcome): FailureKind {
  if (observed.kind === "refused") return "refused-though-granted";
  if (expected.kind === "measure" && observed.kind === "measure") return "wrong-rows";
  if (expected.kind !== "view" || observed.kind !== "view") return "other";
  return observed.fields.some((field) => !expected.fields.includes(field)) ? "hidden-field-shown" : "wrong-rows";
}

function kindOfSession(expected: Extract<Outcome, { kind: "session" }>, observed: Outcome): FailureKind {
  if (observed.kind === "refused") return "refused-credential";
  if (observed.kind !== "session") return "other";
  const same = [expected, observed].map(({ directory, id }) => `${directory}\\${id}`.toLowerCase());
  return same[0] === same[1] ? "other" : "wrong-identity";
}

function kindOfSteps(expected: readonly Outcome[], observed: readonly Outcome[]): FailureKind {
  const kinds = expected.map((step, index) => {
    const other = observed[index];
    if (other === undefined || JSON.stringify(step) === JSON.stringify(other)) return "other";
    return kindOfPair(step, other, step.kind === "view" || other.kind === "view");
  });
  return kinds.find((kind) => kind !== "other") ?? "other";
}

/** Which way a finding errs; wrong rows are weighed by what is shown. */
export function tendencyOf(finding: Subject): Tendency {
  const kind = kindOf(finding);
  const { expected, observed } = finding;
  if (kind !== "wrong-rows" || expected.kind !== "known") return failureKinds[kind].tendency;
  if (expected.outcome.kind !== "view" || observed.kind !== "view") return "differs";
  return showsMore(overlay(expected.outcome, observed)) ? "shows too much" : "shows too little";
}
