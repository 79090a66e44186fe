/** The reference as a target: the oracle answering for itself. */
import { dialectOf } from "../catalogue/dialects.ts";
import type { Capability, Target } from "../contract/types.ts";
import { orUndetermined } from "./faults.ts";
import { answerOf, deskFor } from "../reference/answer.ts";

export const inProcessCapabilities: readonly Capability[] = [
  "deploy",
  "reload",
  "groups",
  "audit",
  "surface:tables",
  "surface:hypercube",
  "surface:fields",
  "surface:counts",
  "surface:list",
  "surface:search",
];

/** Answers every probe of every site by the specification. */
export function referenceTarget(dialectName: string): Target {
  const dialect = dialectOf(dialectName);
  return {
    name: "reference",
    capabilities: [...inProcessCapabilities, "proxies", "life-cycle"],
    dialect: dialectName,
    prepare: (site) => {
      const desk = deskFor(site, dialect);
      return Promise.resolve({
        ask: (probe) => orUndetermined(() => Promise.resolve(answerOf(desk, probe).outcome)),
        dispose: () => Promise.resolve(),
      });
    },
  };
}
