/**
 * Long runs outside CI: `npm run soak -- [what …] [--count N]`. Prints counts and hashes and writes them to `bench/soak/`,
 * without times, so that a second run gives the same bytes.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { requirements } from "../catalogue/index.ts";
import { standings } from "../harness/standings.ts";
import { defects } from "../mock/defects/index.ts";
import { casesNaming } from "../tests/defects/play.ts";
import { playAll } from "../suites/in-process.ts";
import { defaults } from "../suites/selection.ts";
import { soakRules, type DifferentialResult } from "./differential.ts";
import { coverageSoFar, mergedShards, playAccessShard, shardSize, type AccessShards } from "./section-access.ts";
import { labelledWorlds, playShard, shards, worldsInScope, type ShardResult } from "./exhaustive.ts";
import { parsers, soakParser, type MutationResult } from "./mutations.ts";
import { playRuleShard, ruleScopes, ruleShards, sitesInScope, type RuleScope, type RuleShard } from "./rule-scope.ts";
import { scopes, type Scope } from "./small-scopes.ts";

const million = 1_000_000;
/** With eight questions each: a million decisions. */
const ruleWorlds = 125_000;
const folder = new URL("soak/", import.meta.url);

function fileOf(what: string): URL {
  return new URL(`${what}.json`, folder);
}

function keep(what: string, result: object): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(what), `${JSON.stringify(result, undefined, 2)}\n`);
  console.log(`${what}: ${JSON.stringify(result)}`);
}

function step(done: number): void {
  if (done % 20_000 === 0) console.error(`${done}`);
}

function agreed(what: string, result: DifferentialResult): void {
  keep(what, { planned: ruleWorlds, ...result });
  if (result.disagreements > 0) process.exitCode = 1;
}

/** Plays the shards that are not in the file yet, and keeps the file after each: the run can be stopped and taken up. */
async function sectionAccess(count: number): Promise<void> {
  const what = "section-access";
  const known = existsSync(fileOf(what))
    ? (JSON.parse(readFileSync(fileOf(what), "utf8")) as { readonly shards?: AccessShards }).shards
    : {};
  const results: { -readonly [shard in keyof AccessShards]: AccessShards[shard] } = { ...known };
  const coverage = coverageSoFar();
  const wanted = Math.ceil(Math.min(count, million) / shardSize);
  for (let shard = 0; shard < wanted; shard++) {
    if (results[shard] !== undefined) continue;
    const started = performance.now();
    results[shard] = await playAccessShard(shard);
    console.error(`${Math.round((1000 * shardSize) / (performance.now() - started))} worlds a second`);
    keep(what, { planned: million, ...mergedShards(results), coverage, shards: results });
  }
  if (mergedShards(results).disagreements > 0) process.exitCode = 1;
}

interface ExhaustiveScope {
  readonly renamings: number;
  /** Worlds before isomorphic ones are counted once. */
  readonly labelled: number;
  readonly worlds: number;
  readonly played: number;
  readonly questions: number;
  readonly disagreements: number;
  readonly shards: { readonly [shard: string]: ShardResult };
  /** Over the hashes of the shards, in order; only when all were played. */
  readonly hash?: string;
}

interface Exhaustive {
  [scope: string]: ExhaustiveScope;
}

function summed(scope: Scope, results: { readonly [shard: string]: ShardResult }): ExhaustiveScope {
  const all = Object.values(results);
  const total = (name: "worlds" | "questions" | "disagreements"): number =>
    all.reduce((sum, one) => sum + one[name], 0);
  const digest = createHash("sha256").update(all.map(({ hash }) => hash).join());
  return {
    renamings: scope.renamings.length,
    labelled: labelledWorlds(scope),
    worlds: worldsInScope(scope),
    played: total("worlds"),
    questions: total("questions"),
    disagreements: total("disagreements"),
    ...(all.length === shards ? { hash: digest.digest("hex") } : {}),
    shards: results,
  };
}

/** Plays the shards that are not in the file yet, and keeps the file after each: the run can be stopped and taken up. */
async function exhaustive(count: number): Promise<void> {
  const file = fileOf("exhaustive");
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Exhaustive) : {};
  for (const scope of scopes) {
    const results: { [shard: string]: ShardResult } = { ...known[scope.name]?.shards };
    const open = Array.from({ length: shards }, (_, shard) => shard).filter((shard) => results[shard] === undefined);
    for (const shard of open.slice(0, count)) {
      results[shard] = await playShard(scope, shard);
      known[scope.name] = summed(scope, results);
      writeFileSync(file, `${JSON.stringify(known, undefined, 2)}\n`);
      console.error(`${scope.name}: shard ${shard}, ${results[shard].worlds} worlds`);
    }
    const { shards: _, ...told } = summed(scope, results);
    console.log(`exhaustive, ${scope.name}: ${JSON.stringify(told)}`);
    if (told.disagreements > 0) process.exitCode = 1;
  }
}

interface RuleScopeResult {
  readonly conditions: number;
  readonly sites: number;
  readonly played: number;
  readonly decisions: number;
  readonly granted: number;
  readonly disagreements: number;
  readonly shards: { readonly [shard: string]: RuleShard };
  /** Over the hashes of the shards, in order; only when all were played. */
  readonly hash?: string;
}

function ruleSummed(scope: RuleScope, results: { readonly [shard: string]: RuleShard }): RuleScopeResult {
  const all = Object.values(results);
  const total = (name: "sites" | "decisions" | "granted" | "disagreements"): number =>
    all.reduce((sum, one) => sum + one[name], 0);
  const digest = createHash("sha256").update(all.map(({ hash }) => hash).join());
  return {
    conditions: scope.conditions.length,
    sites: sitesInScope(scope),
    played: total("sites"),
    decisions: total("decisions"),
    granted: total("granted"),
    disagreements: total("disagreements"),
    ...(all.length === ruleShards ? { hash: digest.digest("hex") } : {}),
    shards: results,
  };
}

/** As for section access: shard by shard, taken up where it was stopped. */
function exhaustiveRules(count: number): void {
  const file = fileOf("exhaustive-rules");
  const known: { [scope: string]: RuleScopeResult } = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as { [scope: string]: RuleScopeResult })
    : {};
  for (const scope of ruleScopes) {
    const results: { [shard: string]: RuleShard } = { ...known[scope.name]?.shards };
    const open = Array.from({ length: ruleShards }, (_, shard) => shard).filter((at) => results[at] === undefined);
    for (const shard of open.slice(0, count)) {
      results[shard] = playRuleShard(scope, shard);
      known[scope.name] = ruleSummed(scope, results);
      writeFileSync(file, `${JSON.stringify(known, undefined, 2)}\n`);
      console.error(`${scope.name}: shard ${shard}, ${results[shard].decisions} decisions`);
    }
    const { shards: _, ...told } = ruleSummed(scope, results);
    console.log(`exhaustive rules, ${scope.name}: ${JSON.stringify(told)}`);
    if (told.disagreements > 0) process.exitCode = 1;
  }
}

function mutations(count: number): void {
  const results: { [parser: string]: MutationResult } = {};
  for (const [name, parser] of Object.entries(parsers())) {
    results[name] = soakParser(parser, count);
    keep("parsers", { planned: million, ...results });
  }
}

/** The default run on a mock with each defect: the requirements broken, and a hash over all answers. */
async function defectRuns(count: number): Promise<void> {
  const results: { [defect: string]: object } = {};
  for (const { name, breaks } of defects.slice(0, count)) {
    console.error(name);
    // A wrong of another release shows in the dialect of the cases that name it.
    const dialect = casesNaming(breaks)[0]?.dialect ?? defaults.dialect;
    const { results: groups } = await playAll({ ...defaults, dialect, defect: name });
    const broken = standings(requirements, groups, defaults.suites)
      .filter(({ standing }) => standing === "broken")
      .map(({ id }) => id);
    const hash = createHash("sha256").update(groups.map((group) => group.hash).join());
    if (!breaks.every((id) => broken.includes(id))) process.exitCode = 1;
    results[name] = { broken, hash: hash.digest("hex") };
    keep("defects", { planned: defects.length, runs: Object.keys(results).length, defects: results });
  }
}

type Run = (count: number | undefined) => Promise<void> | void;

const runs: { readonly [what: string]: Run } = {
  "section-access": (count) => sectionAccess(count ?? million),
  rules: (count) => agreed("rules", soakRules(count ?? ruleWorlds, step)),
  parsers: (count) => mutations(count ?? million),
  exhaustive: (count) => exhaustive(count ?? shards),
  "exhaustive-rules": (count) => exhaustiveRules(count ?? ruleShards),
  defects: (count) => defectRuns(count ?? defects.length),
};

const { values, positionals } = parseArgs({ options: { count: { type: "string" } }, allowPositionals: true });
const count = values.count === undefined ? undefined : Number(values.count);
if (count !== undefined && !(Number.isInteger(count) && count > 0)) throw new TypeError("--count takes a whole number");
for (const what of positionals.length > 0 ? positionals : Object.keys(runs)) {
  const run = runs[what];
  if (run === undefined) throw new TypeError(`no such run: ${what}; there are ${Object.keys(runs).join(", ")}`);
  await run(count);
}
