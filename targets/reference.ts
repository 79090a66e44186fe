/** The reference as a target: the oracle answering for itself. */
import { dialectOf, type Dialect } from "../catalogue/dialects.ts";
import type { Capability, Target } from "../contract/types.ts";
import { orUndetermined } from "./faults.ts";
import { answerOf, deskFor } from "../reference/answer.ts";

export const inProcessCapabilities: readonly Capability[] = [
  "deploy",
  "reload",
  "groups",
  "audit",
  "categories",
  "surface:tables",
  "surface:hypercube",
  "surface:fields",
  "surface:counts",
  "surface:list",
  "surface:search",
];

/** Answers every probe of every site by the specification. */
export function referenceTarget(dialectName: string): Target {
  return { ...referenceOf(dialectOf(dialectName)), dialect: dialectName };
}

/** The same by a full record of readings, which the target declares to nobody. */
export function referenceOf(dialect: Dialect): Target {
  return {
    name: "reference",
    capabilities: [...inProcessCapabilities, "proxies", "life-cycle"],
    prepare: (site) => {
      const desk = deskFor(site, dialect);
      return Promise.resolve({
        ask: (probe) => orUndetermined(() => Promise.resolve(answerOf(desk, probe).outcome)),
        dispose: () => Promise.resolve(),
      });
    },
  };
}
