/**
 * Access decisions beside other engines, as ratios of one run: `node --import tsx bench/rules.ts`. The workload is the
 * portable rule set of `rules-workload.ts`. Answers are compared before anything is timed.
 */
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { dialectOf } from "../catalogue/dialects.ts";
import { actionNamed, type ActionName } from "../reference/rules/actions.ts";
import { deciderOf } from "../reference/rules/matrix-decide.ts";
import { matrixOf } from "../reference/rules/matrix.ts";
import { policyOf, type Policy } from "../reference/rules/spec.ts";
import { cedarOf } from "./rules-cedar.ts";
import { caslAbility, caslSubject } from "./rules-peers.ts";
import { principalsOf, refsOf, siteOf } from "./rules-site.ts";
import { workActions, workload, type Workload } from "./rules-workload.ts";

const rounds = 5;
/** CASL is asked about this many users; its time is told for all of them. */
const sample = 50;
const actions: readonly ActionName[] = workActions.flatMap((name) => actionNamed(name) ?? []);

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Processor time, since other work on the machine makes walls longer for whoever takes longest. */
function milliseconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

/** The first matrix of a new process, told by the process itself. */
function firstCall(): number {
  const { stdout } = spawnSync(process.execPath, ["--import", "tsx", import.meta.filename, "first"], {
    encoding: "utf8",
  });
  return Number(stdout);
}

/** How many cells of the whole matrix are allowed. */
function ourMatrix(policy: Policy, work: Workload, from = 0, to = work.users.length): number {
  const matrix = matrixOf(policy, { resources: refsOf(work), actions, context: "hub" });
  let allowed = 0;
  for (const user of people.slice(from, to)) {
    const row = matrix.rowOf(user);
    for (const action of actions) allowed += row.count(action);
  }
  return allowed;
}

function caslMatrix(work: Workload, users: number): number {
  const subjects = work.resources.map(caslSubject);
  let allowed = 0;
  for (const user of work.users.slice(0, users)) {
    const ability = caslAbility(work, user);
    for (const one of subjects) allowed += workActions.filter((action) => ability.can(action, one)).length;
  }
  return allowed;
}

/** Random triples, the same for both sides. */
function triples(work: Workload, count: number): readonly (readonly [number, number, number])[] {
  let state = 1;
  const below = (bound: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * bound);
  };
  return Array.from(
    { length: count },
    () => [below(work.users.length), below(work.resources.length), below(actions.length)] as const,
  );
}

function told(title: string, ours: readonly number[], peer: readonly number[]): void {
  const ratios = ours.map((value, at) => (peer[at] ?? Number.NaN) / value);
  const spread = `${Math.min(...ratios).toFixed(0)}–${Math.max(...ratios).toFixed(0)}`;
  console.log(
    `| ${title} | ${median(ours).toPrecision(3)} | ${median(peer).toPrecision(3)} | ${median(ratios).toPrecision(3)} (${spread}) |`,
  );
}

const work = workload({ users: 1_000, resources: 1_000 });
const people = principalsOf(work);
const site = siteOf(work);
const policy = policyOf(site, dialectOf("documented"));

if (process.argv[2] === "first") {
  process.stdout.write(String(milliseconds(() => void ourMatrix(policy, work))));
  process.exit(0);
}
assert.equal(ourMatrix(policy, work, 0, sample), caslMatrix(work, sample), "the matrices differ");

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}, load ${loadavg()[0]?.toFixed(1)}; granted ${((100 * ourMatrix(policy, work)) / 6e6).toFixed(1)} %`,
);
console.log("\n| what | ours, ms | CASL, ms | ratio |\n| --- | --- | --- | --- |");
const matrixOurs: number[] = [];
const matrixCasl: number[] = [];
for (let round = 0; round < rounds; round++) {
  matrixOurs.push(median([1, 2, 3, 4, 5].map(() => milliseconds(() => void ourMatrix(policy, work)))));
  matrixCasl.push((milliseconds(() => void caslMatrix(work, sample)) * work.users.length) / sample);
}
told("whole matrix, warm", matrixOurs, matrixCasl);
const cold = matrixCasl.map(firstCall);
told("whole matrix, first call of a process", cold, matrixCasl);

const asked = triples(work, 20_000);
const abilities = work.users.map((user) => caslAbility(work, user));
const subjects = work.resources.map(caslSubject);
const decider = deciderOf(policy, { resources: refsOf(work), actions, context: "hub" }, principalsOf(work));
const caslDecides = (): number =>
  asked.filter(([user, resource, action]) =>
    abilities[user]?.can(workActions[action] ?? "", subjects[resource] ?? "none"),
  ).length;
const weDecide = (): number =>
  asked.filter(([user, resource, action]) => decider.granting(user, resource, actions[action] ?? "read").length > 0)
    .length;
assert.equal(weDecide(), caslDecides(), "single decisions differ");
const oneOurs: number[] = [];
const oneCasl: number[] = [];
for (let round = 0; round < rounds; round++) {
  oneOurs.push(milliseconds(() => void weDecide()));
  oneCasl.push(milliseconds(() => void caslDecides()));
}
told("20,000 decisions with the rules that grant", oneOurs, oneCasl);

const cedar = cedarOf(work);
const few = asked.slice(0, 1_000);
const cedarDecides = (): number =>
  few.filter(([user, resource, action]) => cedar(user, resource, workActions[action] ?? "")).length;
const fewOurs = (): number =>
  few.filter(([user, resource, action]) => decider.granting(user, resource, actions[action] ?? "read").length > 0)
    .length;
assert.equal(fewOurs(), cedarDecides(), "Cedar decides otherwise");
const cells = work.users.length * work.resources.length * actions.length;
const cedarTimes: number[] = [];
const fewTimes: number[] = [];
for (let round = 0; round < rounds; round++) {
  cedarTimes.push(milliseconds(() => void cedarDecides()));
  fewTimes.push(milliseconds(() => void fewOurs()));
}
console.log("\n| what | ours, ms | cedar-wasm, ms | ratio |\n| --- | --- | --- | --- |");
told("1,000 decisions with the rules that grant", fewTimes, cedarTimes);
told(
  "whole matrix, warm",
  matrixOurs,
  cedarTimes.map((time) => (time * cells) / few.length),
);
