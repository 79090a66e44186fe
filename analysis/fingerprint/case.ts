/** The probes as one case: every question there and, in reverse order, back. */
import { documentedDialect } from "../../catalogue/dialects.ts";
import type { Ask, Case, Outcome, Verdict } from "../../contract/types.ts";
import { asksOf, isAccess, needsOf, probeSite } from "./probes.ts";
import { answerUnder } from "./simulate.ts";
import { ruleSite } from "./site-probes.ts";
import type { AnyProbe, Heard, ProbeAsk } from "./types.ts";

const again = "/again";

function askOf(asked: ProbeAsk, suffix: string): Ask {
  const outcome = answerUnder(asked, documentedDialect);
  const because = [{ requirement: asked.of.requirement, evidence: asked.of.title }];
  const at = isAccess(asked.of) ? "main" : "rules";
  return {
    id: `${asked.id}${suffix}`,
    at,
    probe: asked.probe,
    expected: { kind: "known", outcome, because },
    proves: [],
  };
}

/** One site after the other, so that each is put up once. */
function thereAndBack(asked: readonly ProbeAsk[]): readonly Ask[] {
  return [...asked.map((ask) => askOf(ask, "")), ...asked.toReversed().map((ask) => askOf(ask, again))];
}

/** Its expectations are the documented readings; what is made of the answers is another matter. */
export function fingerprintCase(probes: readonly AnyProbe[]): Case {
  const apps = thereAndBack(asksOf(probes.filter(isAccess)));
  const others = thereAndBack(asksOf(probes.filter((probe) => !isAccess(probe))));
  const [first, ...rest] = [...apps, ...others];
  if (first === undefined) throw new RangeError("no probe is given");
  return {
    id: "fingerprint",
    title: "tells which readings of the documentation a target follows",
    dialect: "documented",
    needs: [...new Set(probes.flatMap(needsOf))],
    sites: { main: probeSite(probes.filter(isAccess)), rules: ruleSite() },
    asks: [first, ...rest],
    origin: { kind: "site" },
  };
}

export interface Played {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly verdicts: readonly Verdict[];
}

/** Why an ask has no outcome: what the harness made of it instead. */
function withoutOutcome(verdict: Verdict | undefined): Outcome {
  if (verdict?.result === "inapplicable") {
    return { kind: "undetermined", code: "not-found", detail: `the target lacks ${verdict.missing}` };
  }
  const detail = verdict !== undefined && "detail" in verdict ? verdict.detail : "no answer";
  return { kind: "undetermined", code: "malformed", detail };
}

/** What a target said, question by question. */
export function heardIn({ outcomes, verdicts }: Played, probes: readonly AnyProbe[]): readonly Heard[] {
  const byAsk = new Map(verdicts.map((verdict) => [verdict.ask, verdict]));
  const said = (id: string): Outcome => outcomes.get(id) ?? withoutOutcome(byAsk.get(id));
  return asksOf(probes).map((ask) => ({ ask, answers: [said(ask.id), said(`${ask.id}${again}`)] }));
}
