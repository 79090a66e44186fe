/** Mutated inputs for every parser: each is read, or refused with a located error; anything else ends the run. */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { ConformanceError } from "../contract/errors.ts";
import { parseCase } from "../contract/parsers.ts";
import { parseLoadScript } from "../languages/load-script/parse.ts";
import { parseQrsFilter } from "../languages/qrs-filter/parse.ts";
import { parseFilter } from "../languages/resource-filter/parse.ts";
import { parseCondition } from "../languages/rule-condition/parse.ts";
import { mutate as mutateJson, seeded } from "../tests/contract/mutate.ts";
import { mutate as mutateText, randomFrom } from "../tests/languages/load-script/mutate.ts";
import { goldenCases, goldenFiles } from "../suites/golden.ts";
import { exportParsers, type Parser } from "./mutated-exports.ts";

export interface MutationResult {
  readonly inputs: number;
  readonly read: number;
  readonly refused: number;
  /** Over each input and whether it was read. */
  readonly hash: string;
}

const scripts = new URL("../tests/reload/worked-examples/", import.meta.url);

function ruleTexts(field: "rule" | "resourceFilter"): readonly string[] {
  const rules = goldenCases("rules").flatMap(({ sites }) => sites.main.entities["SystemRule"] ?? []);
  const texts = rules.map((rule) => rule[field]).filter((text) => typeof text === "string" && text !== "");
  return [...new Set(texts)].filter((text) => typeof text === "string");
}

function ofTexts(seeds: readonly string[], parse: Parser["parse"]): Parser {
  const random = randomFrom(20_270_101);
  return { next: () => mutateText(seeds, random), parse };
}

function ofCases(): Parser {
  const [path] = goldenFiles("impersonation");
  const text = JSON.stringify(JSON.parse(readFileSync(path ?? "", "utf8")));
  const random = seeded(20_270_101);
  return {
    next: () => {
      let mutated = text;
      for (let times = random(3); times >= 0; times--) mutated = mutateJson(mutated, random);
      return mutated;
    },
    parse: (mutated) => parseCase(mutated, "mutated.json"),
  };
}

/** Pieces of these come into the others: patterns that backtrack, what other languages write, heaps of one sign. */
const hostile: readonly string[] = [
  'resource.name matches "(a+)+b" and user.name matches "^(([a-z])+.)+[A-Z]([a-z])+$"',
  'user.group matches "((a{0,50}){0,50}){0,50}" or resource.id matches "[" or resource.name like "*a*a*a*a*a*b"',
  "user.group.indexOf('x') >= 0 AND resource.tags.contains(\"F\") || !resource.published && (user == null)",
  `${"(".repeat(200)}user.name = "ann"${")".repeat(200)}`,
  `${"!".repeat(300)}user.IsAnonymous()`,
  'resource.a.b.c.d.e.f.@g.HasPrivilege("read") and resource.app.app.stream.owner.@h.Empty()',
];

const qrsFilters = [
  "name eq 'Sales'",
  "owner.userId eq 'ann' and stream.name ne 'Finance'",
  "@Department eq 'Sales' OR customProperties.value so 'North'",
  "(type eq 'Custom' and category eq 'Security') or fileSize gt 1024",
  "id eq 5dd0dc16-96fd-4bd0-9a84-62721f0db427 and published EQ True and stream eq NULL",
];

/** The parsers by name, each with its own mutations. */
export function parsers(): { readonly [name: string]: Parser } {
  const examples = readdirSync(scripts).filter((name) => name.endsWith(".qvs"));
  return {
    "load script": ofTexts(
      examples.map((name) => readFileSync(new URL(name, scripts), "utf8")),
      parseLoadScript,
    ),
    "rule condition": ofTexts([...ruleTexts("rule"), ...hostile], (text) => parseCondition(text)),
    "resource filter": ofTexts(ruleTexts("resourceFilter"), (text) => parseFilter(text)),
    "QRS filter": ofTexts(qrsFilters, parseQrsFilter),
    case: ofCases(),
    ...exportParsers(),
  };
}

function survives(parse: Parser["parse"], text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    const place = error instanceof ConformanceError ? error.details.line : undefined;
    if (place === undefined) throw new Error(`not a located error for ${JSON.stringify(text)}`, { cause: error });
    return false;
  }
}

/** One input may take; what takes longer hangs. Milliseconds, with room for a machine that is busy. */
const longest = 5_000;

function soonSurvives(parse: Parser["parse"], text: string): boolean {
  const started = performance.now();
  const passed = survives(parse, text);
  const took = performance.now() - started;
  if (took > longest) throw new Error(`${Math.round(took)} ms for ${JSON.stringify(text)}`);
  return passed;
}

export function soakParser({ next, parse }: Parser, inputs: number): MutationResult {
  const digest = createHash("sha256");
  let read = 0;
  for (let count = 0; count < inputs; count++) {
    const text = next();
    const passed = soonSurvives(parse, text);
    if (passed) read += 1;
    digest.update(passed ? "+" : "-").update(text);
  }
  return { inputs, read, refused: inputs - read, hash: digest.digest("hex") };
}
