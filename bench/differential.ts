/** Generated worlds put to the evaluators of rules, with counts and a hash over the reference's answers. */
import { createHash } from "node:crypto";
import { dialectOf } from "../catalogue/dialects.ts";
import { randomRuleWorld } from "../generators/rules.ts";
import { heard } from "./rule-parties.ts";

export interface DifferentialResult {
  readonly seed: number;
  readonly worlds: number;
  readonly asks: number;
  /** Worlds on which the matrix was heard beside the specification and the walk. */
  readonly withMatrix: number;
  readonly disagreements: number;
  /** First worlds on which not all agree, at most ten. */
  readonly differing: readonly number[];
  readonly spread: { readonly [name: string]: number };
  readonly hash: string;
}

type Step = (worlds: number) => void;

const seed = 20_270_101;
const batch = 2_000;
/** The matrix is heard on one world in so many. */
const matrixEvery = 4;
const dialect = dialectOf("documented");

export function soakRules(worlds: number, step: Step): DifferentialResult {
  const digest = createHash("sha256");
  const spread = { granted: 0, denied: 0, "with a broken rule": 0 };
  const differing: number[] = [];
  let [asks, disagreements] = [0, 0];
  for (let index = 0; index < worlds; index++) {
    const { site, questions } = randomRuleWorld(seed, index);
    const { specified, texts, apart } = heard(site, questions, dialect, { matrix: index % matrixEvery === 0 });
    disagreements += apart.length;
    if (apart.length > 0 && differing.length < 10) differing.push(index);
    asks += texts.length;
    for (const { allowed, broken } of specified) {
      spread[allowed ? "granted" : "denied"] += 1;
      if (broken.length > 0) spread["with a broken rule"] += 1;
    }
    digest.update(`${index} ${texts.join()}\n`);
    if ((index + 1) % batch === 0) step(index + 1);
  }
  return {
    seed,
    worlds,
    asks,
    withMatrix: Math.ceil(worlds / matrixEvery),
    disagreements,
    differing,
    spread,
    hash: digest.digest("hex"),
  };
}
