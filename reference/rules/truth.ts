/** A truth value that can say why. Reasons are built only when somebody asks. */
import type { Reason, RequirementId } from "../../contract/types.ts";

export interface Truth {
  readonly holds: boolean;
  readonly why: () => readonly Reason[];
}

export function truth(holds: boolean, why: () => readonly Reason[]): Truth {
  return { holds, why };
}

export function because(requirement: RequirementId, evidence: string): Reason {
  return { requirement, evidence };
}

/** All hold, or the first that does not tells why. */
export function every(terms: readonly Truth[]): Truth {
  const failed = terms.find((term) => !term.holds);
  return failed === undefined ? truth(true, () => terms.flatMap((term) => term.why())) : failed;
}

/** The first that holds tells why, or all tell why not. */
export function some(terms: readonly Truth[]): Truth {
  return terms.find((term) => term.holds) ?? truth(false, () => terms.flatMap((term) => term.why()));
}

/** SR-304; that it is the exact complement also on lists is SR-345. */
export function not(term: Truth, print: () => string): Truth {
  return truth(!term.holds, () => {
    const inner = term.why();
    const text = print();
    const onLists = inner.some(({ requirement }) => requirement === "SR-341" || requirement === "SR-342");
    const plain = because("SR-304", `${text} ${term.holds ? "fails" : "holds"}`);
    return [...inner, plain, ...(onLists ? [because("SR-345", `${text} is a plain negation`)] : [])];
  });
}

/** Each requirement and evidence once. */
export function distinct(reasons: readonly Reason[]): readonly Reason[] {
  const seen = new Map(reasons.map((reason) => [`${reason.requirement}\u0000${reason.evidence}`, reason]));
  return [...seen.values()];
}
