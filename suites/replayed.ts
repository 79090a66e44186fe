/** What playing needs beside the cases: the oracle for open worlds, shrinking on the evaluators, tables for pictures. */
import { smallerConditions, smallerScripts } from "../analysis/smaller-texts.ts";
import { requirement } from "../catalogue/index.ts";
import { isKnownError } from "../contract/errors.ts";
import type { Case, Target } from "../contract/types.ts";
import { ambientOf } from "../harness/ambient.ts";
import type { ContentsOf } from "../harness/pictures.ts";
import { playCase, type CaseOptions } from "../harness/play-case.ts";
import type { PlayOptions } from "../harness/play.ts";
import type { TextSteps } from "../harness/shrink-steps.ts";
import { shrink } from "../harness/shrink.ts";
import { ambientOracle } from "../reference/ambience.ts";
import { deskFor, reexpected } from "../reference/answer.ts";
import { defaultDialect, dialectOf } from "../catalogue/dialects.ts";
import { defectNamed } from "../targets/defects.ts";
import { evaluatorTarget } from "../targets/evaluator.ts";
import { lawOf } from "./laws.ts";
import type { Chosen } from "./selection.ts";
import { shrunkLaw } from "./shrink-laws.ts";

const ambientMs = 30_000;
/** Smaller cases tried for one failure: three times what a generated one needs, and a few seconds. */
const shrinkBudget = 250;
const steps: TextSteps = { script: smallerScripts, condition: smallerConditions };

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

/** Whether the evaluators, with the defect the target has, show the same failure; shrinking then needs no target. */
function shrinker(chosen: Chosen, base: CaseOptions): PlayOptions["minimise"] {
  if (chosen.target !== "mock" && chosen.target !== "evaluator") return undefined;
  const defect = chosen.defect === undefined ? undefined : defectNamed(chosen.defect);
  const evaluator = evaluatorTarget(chosen.dialect, defect);
  return async (of, ask) => {
    const stillFails = async (candidate: Case): Promise<boolean> => {
      if (!candidate.asks.some(({ id }) => id === ask)) return false;
      const { verdicts } = await playCase(candidate, evaluator, base);
      return verdicts.some((verdict) => verdict.ask === ask && verdict.result === "fail");
    };
    if (!(await stillFails(of))) return undefined;
    // What holds between worlds need not hold any more when one of them is changed.
    if (Object.keys(of.sites).length > 1 || lawOf(of) !== undefined)
      return shrunkLaw(of, { stillFails, budget: shrinkBudget });
    const alone = narrowed(of, ask);
    const start = (await stillFails(alone)) ? alone : of;
    const shrunk = await shrink(start, { stillFails, reexpect: expectedAnew, steps, budget: shrinkBudget });
    return shrunk.steps === 0 ? undefined : shrunk.case;
  };
}

/** The tables of an app as loaded, for the picture of what a user does not see. */
const contentsOf: ContentsOf = (site, app) =>
  site.apps[app] === undefined ? undefined : deskFor(site, dialectOf(defaultDialect)).app(app).app;

/** The options every group of a run is played with. */
export async function playOptions(chosen: Chosen, target: Target): Promise<PlayOptions> {
  const ambient = await ambientOf(target, ambientMs);
  const base: CaseOptions = {
    strict: chosen.strict,
    requirement,
    mode: chosen.target === "qlik" && chosen.site !== undefined ? "attach" : "deploy",
    tag: `qlik-conformance-${chosen.seed}`,
    ...(ambient === undefined ? {} : { ambience: { site: ambient, oracle: ambientOracle(chosen.dialect) } }),
  };
  const minimise = shrinker(chosen, { strict: chosen.strict, requirement });
  return {
    ...base,
    selection: { seed: chosen.seed, count: chosen.cases, dialect: chosen.dialect },
    reveal: chosen.reveal,
    contents: contentsOf,
    ...(minimise === undefined ? {} : { minimise }),
  };
}
