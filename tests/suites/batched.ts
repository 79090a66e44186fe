/** The mock's evaluator as a target for many cases at once: all their questions are answered in one go, before they are asked. */
import { dialectOf } from "../../catalogue/dialects.ts";
import type { Case, Outcome, Principal, Site, Target } from "../../contract/types.ts";
import { evaluateAccess, type AccessAnswer, type AccessQuestion } from "../../mock/engine/evaluate.ts";
import type { EngineSeams } from "../../mock/engine/seams.ts";
import { through } from "../../reference/surfaces.ts";
import { inProcessCapabilities } from "../../targets/reference.ts";

type Answers = ReadonlyMap<Site, ReadonlyMap<string, AccessAnswer>>;

function keyOf(app: string, who: Principal): string {
  return JSON.stringify([app, who]);
}

interface Asked {
  readonly site: Site;
  readonly key: string;
  readonly question: AccessQuestion;
}

function askedOf(of: Case, seams: EngineSeams): readonly Asked[] {
  return Object.entries(of.sites).flatMap(([name, site]) => {
    const loaded = new Map(Object.entries(site.apps).map(([id, app]) => [id, seams.reload(app.script)]));
    return of.asks.flatMap(({ at = "main", probe }): readonly Asked[] => {
      const app = probe.kind === "open" && at === name ? loaded.get(probe.app) : undefined;
      if (app === undefined || probe.kind !== "open") return [];
      return [{ site, key: keyOf(probe.app, probe.as), question: { app, who: probe.as } }];
    });
  });
}

async function answersTo(cases: readonly Case[], dialect: string, seams: EngineSeams): Promise<Answers> {
  const asked = cases.flatMap((of) => askedOf(of, seams));
  const questions = asked.map(({ question }) => question);
  const given = await evaluateAccess(questions, dialectOf(dialect), seams);
  const answers = new Map<Site, Map<string, AccessAnswer>>();
  for (const [at, { site, key }] of asked.entries()) {
    const answer = given[at];
    if (answer !== undefined)
      answers.set(site, (answers.get(site) ?? new Map<string, AccessAnswer>()).set(key, answer));
  }
  return answers;
}

/** Answers `open` of the sites of these cases as section access alone decides: rules are not looked at. */
export async function batchedTarget(cases: readonly Case[], dialect: string, seams: EngineSeams): Promise<Target> {
  const answers = await answersTo(cases, dialect, seams);
  const refused: Outcome = { kind: "refused", by: "engine", code: 5 };
  return {
    name: "evaluator",
    capabilities: inProcessCapabilities,
    dialect,
    prepare: (site) =>
      Promise.resolve({
        ask: (probe) => {
          const answer = probe.kind === "open" ? answers.get(site)?.get(keyOf(probe.app, probe.as)) : undefined;
          if (probe.kind !== "open" || answer === undefined) throw new TypeError("asked what was not laid out before");
          return Promise.resolve(answer.access === "denied" ? refused : through(probe.through, answer.tables));
        },
        dispose: () => Promise.resolve(),
      }),
  };
}
