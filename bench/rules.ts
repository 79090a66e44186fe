/**
 * Access decisions beside other engines, as ratios of one run: `node --import tsx bench/rules.ts`. The workload is the
 * portable rule set of `rules-workload.ts`, and for us alone the full one. Answers are compared before anything is timed.
 */
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { dialectOf } from "../catalogue/dialects.ts";
import { actionNamed, type ActionName } from "../reference/rules/actions.ts";
import { deciderOf } from "../reference/rules/matrix-decide.ts";
import { matrixOf } from "../reference/rules/matrix.ts";
import { decide, policyOf, type Policy } from "../reference/rules/spec.ts";
import { cedarOf } from "./rules-cedar.ts";
import { caslAbility, caslSubject } from "./rules-peers.ts";
import { principalsOf, refsOf, siteOf } from "./rules-site.ts";
import { full, workActions, workload, type Workload } from "./rules-workload.ts";

const rounds = 5;
/** CASL is asked about this many users; its time is told for all of them. */
const sample = 50;
const actions: readonly ActionName[] = workActions.flatMap((name) => actionNamed(name) ?? []);

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Milliseconds on the clock, and of processor time: all threads, those that compile and collect garbage included. */
interface Time {
  readonly wall: number;
  readonly processor: number;
}

function timed(work: () => void): Time {
  const [began, before] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - began, processor: (user + system) / 1_000 };
}

function times({ wall, processor }: Time, factor: number): Time {
  return { wall: wall * factor, processor: processor * factor };
}

function middle(all: readonly Time[]): Time {
  return { wall: median(all.map(({ wall }) => wall)), processor: median(all.map(({ processor }) => processor)) };
}

/** The first matrix of a new process, told by the process itself. */
function firstCall(set: string): Time {
  const { stdout } = spawnSync(process.execPath, ["--import", "tsx", import.meta.filename, "first", set], {
    encoding: "utf8",
  });
  const [wall = Number.NaN, processor = Number.NaN] = stdout.split(" ").map(Number);
  return { wall, processor };
}

/** How many cells of the whole matrix are allowed. */
function ourMatrix(policy: Policy, users = people.length): number {
  const matrix = matrixOf(policy, { resources: refsOf(work), actions, context: "hub" });
  let allowed = 0;
  for (const user of people.slice(0, users)) {
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

/** Every hundredth of the cells of some users is held against the specification. */
function checkFull(): void {
  const resources = refsOf(work);
  const matrix = matrixOf(fullPolicy, { resources, actions, context: "hub" });
  for (const [who, as] of people.slice(0, sample).entries()) {
    const row = matrix.rowOf(as);
    for (let cell = who; cell < resources.length * actions.length; cell += 100) {
      const at = Math.floor(cell / actions.length);
      const [resource, action] = [resources[at], actions[cell % actions.length]];
      if (resource === undefined || action === undefined) continue;
      const { allowed } = decide(fullPolicy, { as, resource, action, context: "hub" });
      assert.equal(row.allows(at, action), allowed, `the full set differs on ${resource.type} ${at}`);
    }
  }
}

function ratio(ours: readonly Time[], peer: readonly Time[], by: keyof Time): string {
  const ratios = ours.map((time, at) => (peer[at]?.[by] ?? Number.NaN) / time[by]);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((value) => value.toFixed(0));
  return `${median(ratios).toPrecision(3)} (${least}–${most})`;
}

function told(title: string, ours: readonly Time[], peer: readonly Time[]): void {
  const [us, them] = [middle(ours), middle(peer)];
  const cells = [
    title,
    us.wall.toPrecision(3),
    us.processor.toPrecision(3),
    them.wall.toPrecision(3),
    ratio(ours, peer, "wall"),
    ratio(ours, peer, "processor"),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

function head(peer: string): void {
  console.log(
    `\n| what | ours, ms | processor | ${peer}, ms | ${peer} over ours | by processor time |\n|${" --- |".repeat(6)}`,
  );
}

const work = workload({ users: 1_000, resources: 1_000 });
const people = principalsOf(work);
const policy = policyOf(siteOf(work), dialectOf("documented"));
const fullPolicy = policyOf(siteOf(full(work)), dialectOf("documented"));

if (process.argv[2] === "first") {
  const { wall, processor } = timed(() => void ourMatrix(process.argv[3] === "full" ? fullPolicy : policy));
  process.stdout.write(`${wall} ${processor}`);
  process.exit(0);
}
assert.equal(ourMatrix(policy, sample), caslMatrix(work, sample), "the matrices differ");
checkFull();

const granted = (100 * ourMatrix(policy)) / (people.length * work.resources.length * actions.length);
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}, load ${loadavg()[0]?.toFixed(1)}; granted ${granted.toFixed(1)} %`,
);
head("CASL");
const matrixOurs: Time[] = [];
const fullOurs: Time[] = [];
const matrixCasl: Time[] = [];
const cold: Time[] = [];
const fullCold: Time[] = [];
const warmly = (rules: Policy): Time => middle([1, 2, 3, 4, 5].map(() => timed(() => void ourMatrix(rules))));
// The first round warms both sides up and is not told.
for (let round = 0; round <= rounds; round++) {
  const casl = times(
    timed(() => void caslMatrix(work, sample)),
    work.users.length / sample,
  );
  const ours = [warmly(policy), warmly(fullPolicy), firstCall("portable"), firstCall("full")];
  if (round === 0) continue;
  matrixCasl.push(casl);
  for (const [at, list] of [matrixOurs, fullOurs, cold, fullCold].entries()) list.push(ours[at] ?? casl);
}
told("whole matrix, warm", matrixOurs, matrixCasl);
told("whole matrix, first call of a process", cold, matrixCasl);
told("with 15 rules only Qlik can say, warm", fullOurs, matrixCasl);
told("with those, first call of a process", fullCold, matrixCasl);

const asked = triples(work, 20_000);
const abilities = work.users.map((user) => caslAbility(work, user));
const subjects = work.resources.map(caslSubject);
const decider = deciderOf(policy, { resources: refsOf(work), actions, context: "hub" }, people);
const caslDecides = (): number =>
  asked.filter(([user, resource, action]) =>
    abilities[user]?.can(workActions[action] ?? "", subjects[resource] ?? "none"),
  ).length;
const weDecide = (): number =>
  asked.filter(([user, resource, action]) => decider.granting(user, resource, actions[action] ?? "read").length > 0)
    .length;
assert.equal(weDecide(), caslDecides(), "single decisions differ");
const oneOurs: Time[] = [];
const oneCasl: Time[] = [];
for (let round = 0; round < rounds; round++) {
  oneOurs.push(timed(() => void weDecide()));
  oneCasl.push(timed(() => void caslDecides()));
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
const cedarTimes: Time[] = [];
const fewTimes: Time[] = [];
for (let round = 0; round < rounds; round++) {
  cedarTimes.push(timed(() => void cedarDecides()));
  fewTimes.push(timed(() => void fewOurs()));
}
head("cedar-wasm");
told("1,000 decisions with the rules that grant", fewTimes, cedarTimes);
told(
  "whole matrix, warm",
  matrixOurs,
  cedarTimes.map((time) => times(time, cells / few.length)),
);
