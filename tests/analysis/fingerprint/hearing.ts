/** The probes' questions answered by either evaluator, all at once and without a target around it. */
import type { Dialect } from "../../../catalogue/dialects.ts";
import { dialectWith, readings, type Reading } from "../../../catalogue/readings.ts";
import type { Outcome } from "../../../contract/types.ts";
import { accessProbes, accessSwitches, asksOf, isAccess } from "../../../analysis/fingerprint/probes.ts";
import { answerUnder } from "../../../analysis/fingerprint/simulate.ts";
import type { AccessProbe, Heard, ProbeAsk } from "../../../analysis/fingerprint/types.ts";
import type { Dice } from "../../../generators/dice.ts";
import { evaluateAccess } from "../../../mock/engine/evaluate.ts";
import { engineSeams, type EngineSeams } from "../../../mock/engine/seams.ts";
import { through } from "../../../reference/surfaces.ts";
import { reload } from "../../../reload/index.ts";
import type { LoadedApp } from "../../../reload/model.ts";

const apps = new Map<AccessProbe, LoadedApp>();

function appOf(of: AccessProbe, seams: EngineSeams): LoadedApp {
  if (seams.reload !== reload) return seams.reload(of.script);
  const app = apps.get(of) ?? reload(of.script);
  apps.set(of, app);
  return app;
}

/** Answers of the SQL, in the order of the questions. */
export async function bySql(
  asks: readonly ProbeAsk[],
  dialect: Dialect,
  seams: EngineSeams = engineSeams,
): Promise<readonly Outcome[]> {
  const loaded = new Map<AccessProbe, LoadedApp>();
  const questions = asks.map(({ of, probe }) => {
    if (!isAccess(of) || probe.kind !== "open") throw new TypeError(`${of.id} opens no app`);
    const app = loaded.get(of) ?? appOf(of, seams);
    loaded.set(of, app);
    return { app, who: probe.as, published: of.published ?? true };
  });
  const answers = await evaluateAccess(questions, dialect, seams);
  return answers.map((answer) =>
    answer.access === "denied" ? { kind: "refused", by: "engine", code: 5 } : through("tables", answer.tables),
  );
}

/** Answers of the reference, in the order of the questions. */
export function byReference(asks: readonly ProbeAsk[], dialect: Dialect): readonly Outcome[] {
  return asks.map((ask) => answerUnder(ask, dialect));
}

export const allAsks: readonly ProbeAsk[] = asksOf(accessProbes);

/** Each question answered twice alike. */
export function heardAs(answers: readonly Outcome[], asks: readonly ProbeAsk[] = allAsks): readonly Heard[] {
  return asks.map((ask, at) => {
    const answer: Outcome = answers[at] ?? { kind: "undetermined", code: "malformed", detail: "no answer" };
    return { ask, answers: [answer, answer] };
  });
}

/** A record of any readings; switches no probe is about stay as documented. */
export function anyRecord(dice: Dice, documented = 0.5): Dialect {
  return dialectWith(
    Object.fromEntries(
      accessSwitches.map((name) => {
        const [first, ...others] = readings[name] as readonly [Reading, ...Reading[]];
        return [name, dice.chance(documented) ? first : (others[dice.below(others.length)] ?? first)];
      }),
    ),
  );
}
