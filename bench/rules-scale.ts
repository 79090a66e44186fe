/**
 * Access decisions at the size of a large site, in processes of their own: `node --import tsx bench/rules-scale.ts`
 * [site | streamed | correlated]. Answers are held against the specification where it is told.
 */
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { loadavg } from "node:os";
import { dialectOf } from "../catalogue/dialects.ts";
import { diceOf } from "../generators/dice.ts";
import { parseSiteText } from "../intake/site-text.ts";
import { principalsOf as peopleOf } from "../intake/principals.ts";
import { actionBits, actionNamed, type ActionName } from "../reference/rules/actions.ts";
import { matrixOf } from "../reference/rules/matrix.ts";
import { decide, policyOf, type Policy } from "../reference/rules/spec.ts";
import type { Principal, RequestContext, ResourceRef } from "../contract/types.ts";
import { refsOf, siteOf } from "./rules-site.ts";
import { correlated, workload, type Workload } from "./rules-workload.ts";

const all: readonly ActionName[] = Object.keys(actionBits).flatMap((name) => actionNamed(name) ?? []);
const six = all.slice(0, 6);

interface Question {
  readonly resources: readonly ResourceRef[];
  readonly actions: readonly ActionName[];
  readonly context: RequestContext;
}

function count(policy: Policy, people: readonly Principal[], axes: Question): number {
  const matrix = matrixOf(policy, axes);
  let allowed = 0;
  for (const user of people) {
    const row = matrix.rowOf(user);
    for (const action of axes.actions) allowed += row.count(action);
  }
  return allowed;
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(2)} s`;
}

/** The export as a text, as an administrator has it. */
function exported(work: Workload): string {
  return JSON.stringify(siteOf(work).entities);
}

function sampled(policy: Policy, people: readonly Principal[], axes: Question, cells: number): number {
  const matrix = matrixOf(policy, axes);
  const dice = diceOf(7, axes.context === "hub" ? 0 : 1);
  const each = 500;
  for (let at = 0; at < cells; at += each) {
    const as = people[dice.below(people.length)];
    if (as === undefined) continue;
    const row = matrix.rowOf(as);
    for (let more = 0; more < each; more++) {
      const at2 = dice.below(axes.resources.length);
      const [resource, action] = [axes.resources[at2], axes.actions[dice.below(axes.actions.length)]];
      if (resource === undefined || action === undefined) continue;
      assert.equal(row.allows(at2, action), decide(policy, { as, resource, action, context: axes.context }).allowed);
    }
  }
  return cells;
}

/** 3,000 users, 2,000 resources, 13 actions, both contexts: from the text of an export to every decision. */
function site(): void {
  const text = exported(workload({ users: 3_000, resources: 2_000 }));
  const started = performance.now();
  const read = parseSiteText(text, "site.json").site;
  const policy = policyOf(read, dialectOf("documented"));
  const people = peopleOf(read);
  const resources = ["App", "Stream", "DataConnection"].flatMap((type) =>
    (read.entities[type] ?? []).map(({ id }) => ({ type, id })),
  );
  const hub = count(policy, people, { resources, actions: all, context: "hub" });
  const qmc = count(policy, people, { resources, actions: all, context: "qmc" });
  console.log(
    `3,000 × 2,000 × 13 × 2, from the export: ${seconds(started)}, ${hub + qmc} allowed of ${people.length * resources.length * 26}`,
  );
  const axes = { resources, actions: all, context: "hub" } as const;
  const cells = sampled(policy, people, axes, 50_000) + sampled(policy, people, { ...axes, context: "qmc" }, 50_000);
  console.log(`equal to the specification on ${cells} sampled cells`);
}

/** 10,000 × 10,000 × 6, a user at a time. */
function streamed(): void {
  const work = workload({ users: 10_000, resources: 10_000 });
  const policy = policyOf(siteOf(work), dialectOf("documented"));
  const people = work.users.map(({ directory, name }) => ({
    directory,
    id: name,
    groups: [],
    attributes: {},
    session: {},
  }));
  const before = process.memoryUsage.rss() / 2 ** 20;
  const started = performance.now();
  const allowed = count(policy, people, { resources: refsOf(work), actions: six, context: "hub" });
  const peak = process.resourceUsage().maxRSS / 2 ** 10;
  console.log(
    `10,000 × 10,000 × 6: ${seconds(started)}, ${allowed} allowed; peak ${peak.toFixed(0)} MiB, ${before.toFixed(0)} MiB before`,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function timed(work: Workload): number {
  const policy = policyOf(siteOf(work), dialectOf("documented"));
  const people = work.users.map(({ directory, name }) => ({
    directory,
    id: name,
    groups: [],
    attributes: {},
    session: {},
  }));
  const axes = { resources: refsOf(work), actions: six, context: "hub" } as const;
  const once = (): number => {
    const started = performance.now();
    count(policy, people, axes);
    return performance.now() - started;
  };
  once();
  return median(Array.from({ length: 7 }, once));
}

/** 150 rules that all compare the user with the resource, beside the portable set. */
function correlation(): void {
  const easy = workload({ users: 1_000, resources: 1_000 });
  const ratios = Array.from({ length: 5 }, () => timed(correlated(easy)) / timed(easy));
  console.log(
    `150 correlated rules over the easy set: ${median(ratios).toFixed(1)} (${Math.min(...ratios).toFixed(1)}–${Math.max(...ratios).toFixed(1)})`,
  );
}

const runs: { readonly [name: string]: () => void } = { site, streamed, correlated: correlation };
const [name] = process.argv.slice(2);
const run = name === undefined ? undefined : runs[name];
if (run !== undefined) run();
else {
  console.log(`Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`);
  for (const each of Object.keys(runs)) {
    const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", import.meta.filename, each], {
      encoding: "utf8",
    });
    process.stdout.write(stdout + stderr);
  }
}
