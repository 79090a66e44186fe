/** Generated worlds put to both evaluators, with counts and a hash over the reference's answers. */
import { createHash } from "node:crypto";
import { dialectOf } from "../catalogue/dialects.ts";
import { randomRuleWorld } from "../generators/rules.ts";
import { evaluateRules } from "../mock/rules/evaluate.ts";
import { plainRules } from "../mock/rules/plain.ts";
import { decide, policyOf } from "../reference/rules/spec.ts";

export interface DifferentialResult {
  readonly seed: number;
  readonly worlds: number;
  readonly asks: number;
  readonly disagreements: number;
  /** First worlds on which the two differ, at most ten. */
  readonly differing: readonly number[];
  readonly spread: { readonly [name: string]: number };
  readonly hash: string;
}

type Step = (worlds: number) => void;

const seed = 20_270_101;
const batch = 2_000;
const dialect = dialectOf("documented");

interface Judged {
  readonly allowed: boolean;
  readonly rules: readonly string[];
  readonly broken: readonly string[];
}

function textOf({ allowed, rules, broken }: Judged): string {
  return JSON.stringify([allowed, rules.toSorted(), broken.toSorted()]);
}

export function soakRules(worlds: number, step: Step): DifferentialResult {
  const digest = createHash("sha256");
  const spread = { granted: 0, denied: 0, "with a broken rule": 0 };
  const differing: number[] = [];
  let [asks, disagreements] = [0, 0];
  for (let index = 0; index < worlds; index++) {
    const { site, questions } = randomRuleWorld(seed, index);
    const policy = policyOf(site, dialect);
    const specified = questions.map((question) => decide(policy, question));
    const texts = specified.map(textOf);
    const others = evaluateRules(site, questions, dialect, plainRules).map(textOf);
    const apart = texts.filter((text, at) => text !== others[at]).length;
    disagreements += apart;
    if (apart > 0 && differing.length < 10) differing.push(index);
    asks += texts.length;
    for (const { allowed, broken } of specified) {
      spread[allowed ? "granted" : "denied"] += 1;
      if (broken.length > 0) spread["with a broken rule"] += 1;
    }
    digest.update(`${index} ${texts.join()}\n`);
    if ((index + 1) % batch === 0) step(index + 1);
  }
  return { seed, worlds, asks, disagreements, differing, spread, hash: digest.digest("hex") };
}
