/**
 * Failures made small without asking the target much: steps are taken on an evaluator that is wrong as the target is, and
 * what is left is confirmed on the target and, with the questions left, made smaller there. Only where no known wrong
 * explains its answer is the target asked from the start.
 */
import { smallerConditions, smallerScripts } from "../analysis/smaller-texts.ts";
import { defaultDialect, dialectNames } from "../catalogue/dialects.ts";
import { isKnownError } from "../contract/errors.ts";
import type { Area, Case, Outcome, Target } from "../contract/types.ts";
import { matches } from "../harness/compare.ts";
import { playCase, type CaseOptions } from "../harness/play-case.ts";
import type { PlayOptions } from "../harness/play.ts";
import type { TextSteps } from "../harness/shrink-steps.ts";
import { shrink } from "../harness/shrink.ts";
import { reexpected } from "../reference/answer.ts";
import { defectNamed, defectNames } from "../targets/defects.ts";
import { evaluatorTarget } from "../targets/evaluator.ts";
import { lawOf } from "./laws.ts";
import { ruleLawOf } from "./rule-laws.ts";
import type { Chosen } from "./selection.ts";
import { shrunkLaw } from "./shrink-laws.ts";
import { shrunkRuleLaw } from "./shrink-rule-laws.ts";

/** Smaller cases tried for one failure on an evaluator: three times what a generated one needs, and a few seconds. */
const evaluatorBudget = 1_000;
/** Cases an evaluator is asked about at once; one query answers them all. */
const evaluatorAtOnce = 64;
/** Questions a target is asked for one failure at most; of decisions alone more, since they need no app to be loaded. */
export const mostQuestions = 40;
export const mostDecisions = 120;
/** Known wrongs tried that explain an answer. */
const mostExplanations = 3;

export const steps: TextSteps = { script: smallerScripts, condition: smallerConditions };

/** The failing ask alone, and those a law compares it with: what is left out of the case is not played over and over. */
function narrowed(of: Case, id: string): Case {
  const failing = of.asks.find((ask) => ask.id === id);
  const others = failing?.expected.kind === "relation" ? failing.expected.to : [];
  const kept = of.asks.filter((ask) => ask.id === id || others.includes(ask.id));
  const [first, ...rest] = kept.map(({ contrast, ...ask }) =>
    kept.some((other) => other.id === contrast) && contrast !== undefined ? { ...ask, contrast } : ask,
  );
  return first === undefined ? of : { ...of, asks: [first, ...rest] };
}

/** The reference's expectations of a changed case; a case whose script no longer loads is none. */
function expectedAnew(of: Case): Case | undefined {
  try {
    return reexpected(of);
  } catch (error) {
    if (isKnownError(error)) return undefined;
    throw error;
  }
}

interface Judge {
  readonly target: Target;
  readonly base: CaseOptions;
  readonly ask: string;
}

/** The outcome of the ask where it is not what is expected. */
async function wrongAnswer(of: Case, { target, base, ask }: Judge): Promise<Outcome | undefined> {
  if (!of.asks.some(({ id }) => id === ask)) return undefined;
  const { verdicts, outcomes } = await playCase(of, target, base);
  const fails = verdicts.some(
    (verdict) => verdict.ask === ask && (verdict.result === "fail" || verdict.result === "observed"),
  );
  return fails ? outcomes.get(ask) : undefined;
}

interface Effort {
  readonly budget: number;
  readonly atOnce: number;
}

/** The smallest case that still fails on the target; undefined where it does not fail, or cannot become smaller. */
async function shrunkOn(of: Case, judge: Judge, { budget, atOnce }: Effort): Promise<Case | undefined> {
  const stillFails = async (candidate: Case): Promise<boolean> => (await wrongAnswer(candidate, judge)) !== undefined;
  if (!(await stillFails(of))) return undefined;
  // What holds between worlds need not hold any more when one of them is changed.
  if (ruleLawOf(of) !== undefined) return shrunkRuleLaw(of, steps, { stillFails, budget, atOnce });
  if (Object.keys(of.sites).length > 1 || lawOf(of) !== undefined) return shrunkLaw(of, { stillFails, budget, atOnce });
  const alone = narrowed(of, judge.ask);
  const start = (await stillFails(alone)) ? alone : of;
  const shrunk = await shrink(start, { stillFails, reexpect: expectedAnew, steps, budget, atOnce });
  return shrunk.steps === 0 ? undefined : shrunk.case;
}

const onEvaluator: Effort = { budget: evaluatorBudget, atOnce: evaluatorAtOnce };

/** Counts the questions a target is asked, and asks none beyond the limit. */
function counting(target: Target, limit: number): { readonly target: Target; readonly left: () => number } {
  let left = limit;
  const counted: Target = {
    ...target,
    prepare: async (site, how) => {
      const inner = await target.prepare(site, how);
      return {
        ask: async (probe, signal) => {
          if (left <= 0)
            return { kind: "undetermined", code: "budget-spent", detail: `${limit} questions for one failure` };
          left -= 1;
          return inner.ask(probe, signal);
        },
        dispose: () => inner.dispose(),
      };
    },
  };
  return { target: counted, left: () => left };
}

function areaOf(of: Case): Area {
  return of.asks[0].probe.kind === "decide" ? "rules" : "section-access";
}

/** For an evaluator, on whose site nothing is beside the case. */
function closed({ strict, requirement }: CaseOptions): CaseOptions {
  return { strict, requirement };
}

/** What may be wrong: first the defects that break what the ask rests on, then other dialects and defects. */
function suspects(of: Case, ask: string): readonly Target[] {
  const expected = of.asks.find(({ id }) => id === ask)?.expected;
  const named = new Set((expected?.because ?? []).map(({ requirement }) => requirement));
  const [likely, other] = defectNames(areaOf(of), (defect) => defect.breaks.some((id) => named.has(id)));
  const wrong = (names: readonly string[]): readonly (() => Target)[] =>
    names.map((name) => () => evaluatorTarget(of.dialect, defectNamed(name)));
  const readings = dialectNames.filter((name) => name !== of.dialect && name !== defaultDialect);
  const made = [...wrong(likely), ...readings.map((name) => () => evaluatorTarget(name)), ...wrong(other)];
  return made.map((make) => ({ ...make(), dialect: of.dialect }));
}

/** Evaluators that give the same wrong answer, a few at most. */
async function* explaining(of: Case, observed: Outcome, judge: Omit<Judge, "target">): AsyncGenerator<Target> {
  let found = 0;
  for (const target of suspects(of, judge.ask)) {
    if (found === mostExplanations) return;
    const said = await wrongAnswer(of, { ...judge, target });
    if (said === undefined || !matches(said, observed)) continue;
    found += 1;
    yield target;
  }
}

/** The smallest case found that fails on the target, which is asked at most {@link mostQuestions} or {@link mostDecisions} questions. */
export async function shrunkFor(of: Case, judge: Judge): Promise<Case | undefined> {
  const decides = of.asks.every(({ probe }) => probe.kind === "decide");
  const { target, left } = counting(judge.target, decides ? mostDecisions : mostQuestions);
  const counted = { ...judge, target };
  const isLaw = lawOf(of) !== undefined || ruleLawOf(of) !== undefined;
  const alone = isLaw ? of : narrowed(of, judge.ask);
  const observed = await wrongAnswer(alone, counted);
  if (observed === undefined) return undefined;
  const guess = { ask: judge.ask, base: closed(judge.base) };
  for await (const suspect of explaining(alone, observed, guess)) {
    const small = await shrunkOn(alone, { ...guess, target: suspect }, onEvaluator);
    if (small === undefined || (await wrongAnswer(small, counted)) === undefined) continue;
    // The suspect is wrong in a like way, not in the same: what it needs the target may do without.
    return (await shrunkOn(small, counted, onTarget(small, left()))) ?? small;
  }
  return shrunkOn(alone, counted, onTarget(alone, left()));
}

/** As many smaller cases as questions are left. */
function onTarget(of: Case, left: number): Effort {
  return { budget: Math.floor(left / of.asks.length), atOnce: 1 };
}

/** How a run makes its failures small. The mock's own defect is known; other targets are explained by a guess. */
export function minimiser(chosen: Chosen, target: Target, base: CaseOptions): PlayOptions["minimise"] {
  // Attached to what is there, a target answers of that, whatever the smaller case says.
  if (base.mode === "attach") return undefined;
  if (chosen.target !== "mock" && chosen.target !== "evaluator")
    return (of, ask) => shrunkFor(of, { target, base, ask });
  const defect = chosen.defect === undefined ? undefined : defectNamed(chosen.defect);
  const evaluator = evaluatorTarget(chosen.dialect, defect);
  return (of, ask) => shrunkOn(of, { target: evaluator, base: closed(base), ask }, onEvaluator);
}
