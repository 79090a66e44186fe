/** What the mock's evaluators answer to golden asks, without servers between; undefined where they need one. */
import { dialectOf } from "../../catalogue/dialects.ts";
import type { Ask, Case, Outcome, Probe, Site } from "../../contract/types.ts";
import { evaluateAccess, type AccessAnswer, type AccessQuestion } from "../../mock/engine/evaluate.ts";
import { evaluateRules } from "../../mock/rules/evaluate.ts";
import { reload } from "../../reload/index.ts";
import { siteLoader } from "../../reload/site-apps.ts";

export interface Asked {
  readonly of: Case;
  readonly ask: Ask;
}

type Open = Extract<Probe, { kind: "open" }>;
type Decide = Extract<Probe, { kind: "decide" }>;

const refused: Outcome = { kind: "refused", by: "engine", code: 5 };

function siteOf({ of, ask }: Asked): Site {
  const site = of.sites[ask.at ?? "main"];
  if (site === undefined) throw new Error(`${of.id} has no site ${ask.at}`);
  return site;
}

function decide(site: Site, probe: Decide, dialect: string): Outcome {
  const [answer] = evaluateRules(site, [probe], dialectOf(dialect));
  if (answer === undefined) throw new Error("the rules gave no answer");
  return { kind: "decision", allowed: answer.allowed, broken: answer.broken.toSorted() };
}

function reads(site: Site, { app, as }: Open, dialect: string): boolean {
  const resource = { type: "App", id: app };
  return (
    evaluateRules(site, [{ as, resource, action: "read", context: "hub" }], dialectOf(dialect))[0]?.allowed === true
  );
}

function questionOf(site: Site, probe: Open): AccessQuestion {
  const entity = site.entities["App"]?.find(({ id }) => id === probe.app);
  const app = siteLoader(site, reload)(probe.app);
  return { app, who: probe.as, published: entity?.["published"] === true };
}

function viewOf(answer: AccessAnswer | undefined): Outcome {
  if (answer === undefined || answer.access === "denied") return refused;
  const fields = [...new Set(answer.tables.flatMap((table) => [...table.fields]))].sort();
  return { kind: "view", fields, tables: answer.tables };
}

function isTables(probe: Probe): probe is Open {
  return probe.kind === "open" && probe.through === "tables" && probe.noData !== true;
}

/** Opens, all of one dialect in one go, as the mock's engine answers them fastest. */
async function openAll(asked: readonly Asked[], dialect: string): Promise<readonly (readonly [Ask, Outcome])[]> {
  const opens = asked.flatMap((one) =>
    one.of.dialect === dialect && isTables(one.ask.probe) ? [{ ...one, probe: one.ask.probe }] : [],
  );
  const allowed = opens.filter((one) => reads(siteOf(one), one.probe, dialect));
  const answers = await evaluateAccess(
    allowed.map((one) => questionOf(siteOf(one), one.probe)),
    dialectOf(dialect),
  );
  return opens.map((one) => {
    const index = allowed.indexOf(one);
    return [one.ask, index === -1 ? refused : viewOf(answers[index])] as const;
  });
}

/** The answers to asks about rights and about apps' tables, in the order of the asks. */
export async function mockAnswers(asked: readonly Asked[]): Promise<readonly (Outcome | undefined)[]> {
  const dialects = [...new Set(asked.map(({ of }) => of.dialect))];
  const opened = new Map((await Promise.all(dialects.map((dialect) => openAll(asked, dialect)))).flat());
  return asked.map((one) => {
    const { probe } = one.ask;
    return probe.kind === "decide" ? decide(siteOf(one), probe, one.of.dialect) : opened.get(one.ask);
  });
}
