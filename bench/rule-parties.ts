/** The three evaluators of rules, put to the same questions: the specification, the matrix and the mock's naive walk. */
import type { Dialect } from "../catalogue/dialects.ts";
import type { Site } from "../contract/types.ts";
import { evaluateRules } from "../mock/rules/evaluate.ts";
import { plainRules } from "../mock/rules/plain.ts";
import type { RuleSeams } from "../mock/rules/seams.ts";
import { actionNamed } from "../reference/rules/actions.ts";
import { deciderOf } from "../reference/rules/matrix-decide.ts";
import { decide, policyOf } from "../reference/rules/spec.ts";
import type { Decision, RuleQuestion } from "../reference/rules/types.ts";

type Judged = Pick<Decision, "allowed" | "rules" | "broken">;

function textOf({ allowed, rules, broken }: Judged): string {
  return JSON.stringify([allowed, rules.toSorted(), broken.toSorted()]);
}

/** Rules that grant, as the matrix's single decisions tell them; it says nothing of broken ones. */
function grantingOf(site: Site, questions: readonly RuleQuestion[], dialect: Dialect): readonly string[] {
  const policy = policyOf(site, dialect);
  const answers: string[] = questions.map(() => "not asked");
  for (const context of ["hub", "qmc"] as const) {
    const asked = [...questions.entries()].filter(([, question]) => question.context === context);
    const actions = asked.flatMap(([, { action }]) => actionNamed(action) ?? []);
    const axes = { resources: asked.map(([, { resource }]) => resource), actions: [...new Set(actions)], context };
    const users = asked.map(([, { as }]) => as);
    const decider = asked.length === 0 ? undefined : deciderOf(policy, axes, users);
    for (const [at, [number, { action }]] of asked.entries()) {
      const named = actionNamed(action);
      if (decider !== undefined && named !== undefined)
        answers[number] = JSON.stringify(decider.granting(at, at, named).toSorted());
    }
  }
  return answers;
}

export interface Heard {
  readonly specified: readonly Judged[];
  /** The specification's answers as texts. */
  readonly texts: readonly string[];
  /** Positions on which not all who were heard say the same. */
  readonly apart: readonly number[];
}

export interface Hearing {
  readonly seams?: RuleSeams;
  /** Whether the matrix is asked as well, which takes three times as long as the other two. */
  readonly matrix: boolean;
}

/** Puts the questions to the specification and the walk, and to the matrix if it is to be heard. */
export function heard(
  site: Site,
  questions: readonly RuleQuestion[],
  dialect: Dialect,
  { seams = plainRules, matrix }: Hearing,
): Heard {
  const policy = policyOf(site, dialect);
  const specified = questions.map((question) => decide(policy, question));
  const texts = specified.map(textOf);
  const walked = evaluateRules(site, questions, dialect, seams).map(textOf);
  const granting = matrix ? grantingOf(site, questions, dialect) : undefined;
  const apart = [...texts.keys()].filter((at) => {
    const rules = JSON.stringify((specified[at]?.rules ?? []).toSorted());
    return texts[at] !== walked[at] || (granting !== undefined && granting[at] !== rules);
  });
  return { specified, texts, apart };
}
