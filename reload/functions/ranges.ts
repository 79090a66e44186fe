/** Range functions: figures over the arguments of one call. */
import type { Value } from "../../contract/types.ts";
import { manyArguments, ranging } from "./signature.ts";
import type { ScriptFunction, ScriptFunctions } from "./signature.ts";
import { averageOf, countOf, deviationOf, extremeText, modeOf, onlyOf, rankedOf, sumOf } from "./statistics.ts";

function over(compute: (values: readonly Value[]) => Value): ScriptFunction {
  return ranging(1, manyArguments, (args) => compute(args));
}

export const rangeFunctions: ScriptFunctions = {
  rangesum: over(sumOf),
  rangeavg: over(averageOf),
  rangemin: over((values) => rankedOf(values, 1, false)),
  rangemax: over((values) => rankedOf(values, 1, true)),
  rangecount: over((values) => countOf(values, "all")),
  rangenumericcount: over((values) => countOf(values, "numbers")),
  rangetextcount: over((values) => countOf(values, "texts")),
  rangenullcount: over((values) => countOf(values, "nulls")),
  rangemissingcount: over((values) => countOf(values, "missing")),
  rangeminstring: over((values) => extremeText(values, false)),
  rangemaxstring: over((values) => extremeText(values, true)),
  rangemode: over(modeOf),
  rangeonly: over(onlyOf),
  rangestdev: over(deviationOf),
};
