/** The mock's evaluators without the wire: for differential, exhaustive and defect runs. */
import { dialectOf, type Dialect } from "../catalogue/dialects.ts";
import { withPreview } from "../contract/preview.ts";
import type { Outcome, Principal, Probe, Site, Target } from "../contract/types.ts";
import { evaluateAccess, type AccessAnswer, type AccessQuestion } from "../mock/engine/evaluate.ts";
import { plainSeams } from "../mock/plain-seams.ts";
import { evaluateRules } from "../mock/rules/evaluate.ts";
import type { Defect, Seams } from "../mock/seams.ts";
import type { LoadedApp } from "../reload/model.ts";
import { siteLoader } from "../reload/site-apps.ts";
import { orUndetermined, TargetFault } from "./faults.ts";
import { inProcessCapabilities } from "./reference.ts";
import { through } from "../reference/surfaces.ts";

interface Bench {
  readonly site: Site;
  readonly dialect: Dialect;
  readonly seams: Seams;
  readonly load: (app: string) => LoadedApp;
  readonly access: (question: AccessQuestion) => Promise<AccessAnswer>;
}

type Open = Extract<Probe, { kind: "open" }>;

const refused: Outcome = { kind: "refused", by: "engine", code: 5 };

function may(bench: Bench, as: Principal, action: string, app: string): boolean {
  const question = { as, resource: { type: "App", id: app }, action, context: "hub" } as const;
  return evaluateRules(bench.site, [question], bench.dialect, bench.seams.rules)[0]?.allowed === true;
}

async function open(bench: Bench, probe: Open): Promise<Outcome> {
  const entity = (bench.site.entities["App"] ?? []).find(({ id }) => id === probe.app);
  if (entity === undefined) return { kind: "refused", by: "engine", code: 1003 };
  if (!may(bench, probe.as, "read", probe.app)) return refused;
  if (probe.noData === true) return may(bench, probe.as, "update", probe.app) ? { kind: "without-data" } : refused;
  const published = entity["published"] === true || (entity["stream"] !== undefined && entity["stream"] !== null);
  const question = { app: bench.load(probe.app), who: probe.as, published };
  const answer = await bench.access(question);
  if (answer.access === "denied") return refused;
  return through(probe.through, answer.tables);
}

function decide(bench: Bench, probe: Extract<Probe, { kind: "decide" }>): Outcome {
  const { resource, preview } = probe;
  const site = preview === undefined ? bench.site : withPreview(bench.site, resource.type, preview);
  const [answer] = evaluateRules(site, [probe], bench.dialect, bench.seams.rules);
  if (answer === undefined) throw new TargetFault("malformed", "the evaluator gave no answer");
  return { kind: "decision", allowed: answer.allowed, broken: answer.broken.toSorted() };
}

function answerTo(bench: Bench, probe: Probe): Promise<Outcome> | Outcome {
  switch (probe.kind) {
    case "open":
      return open(bench, probe);
    case "decide":
      return decide(bench, probe);
    case "login":
    case "impersonate":
    case "converse":
      throw new TargetFault("not-found", `the evaluator has no proxy to ${probe.kind} at`);
  }
}

interface Waiting {
  readonly question: AccessQuestion;
  readonly answered: (answer: AccessAnswer) => void;
  readonly failed: (error: unknown) => void;
}

/** Questions asked at once are answered by one query: its fixed cost is most of what one costs alone. */
function together(dialect: Dialect, seams: Seams): Bench["access"] {
  let waiting: Waiting[] = [];
  const answer = async (some: readonly Waiting[]): Promise<void> => {
    try {
      const questions = some.map(({ question }) => question);
      const answers = await evaluateAccess(questions, dialect, seams.engine);
      for (const [at, { answered }] of some.entries()) answered(answers[at] ?? { access: "denied" });
    } catch (error) {
      // One app that cannot be laid out must not spoil the others' answers.
      if (some.length === 1) some[0]?.failed(error);
      else for (const one of some) await answer([one]);
    }
  };
  return (question) =>
    new Promise((answered, failed) => {
      if (waiting.length === 0) {
        setImmediate(() => {
          const some = waiting;
          waiting = [];
          void answer(some);
        });
      }
      waiting.push({ question, answered, failed });
    });
}

function seamsWith(defect: Defect | undefined): Seams {
  return defect === undefined ? plainSeams : defect.replace(plainSeams);
}

/** A target of the mock's evaluators; what needs a proxy is inapplicable. */
export function evaluatorTarget(dialectName: string, defect?: Defect): Target {
  return { ...evaluatorOf(dialectOf(dialectName), defect), dialect: dialectName };
}

/** The same by a full record of readings, which the target declares to nobody. */
export function evaluatorOf(dialect: Dialect, defect?: Defect): Target {
  const seams = seamsWith(defect);
  const access = together(dialect, seams);
  return {
    name: "evaluator",
    capabilities: inProcessCapabilities,
    prepare: (site) => {
      const bench: Bench = { site, dialect, seams, load: siteLoader(site, seams.engine.reload), access };
      return Promise.resolve({
        ask: (probe) => orUndetermined(async () => answerTo(bench, probe)),
        dispose: () => Promise.resolve(),
      });
    },
  };
}
