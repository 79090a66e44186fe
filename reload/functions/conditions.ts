/** Functions that compare, choose and test (the conditional, NULL and logical functions). */
import type { Value } from "../../contract/types.ts";
import { globMatches } from "../glob.ts";
import { dual, keyOf, numberOf, ownNumber, readNumber, textOf } from "../values.ts";
import { fixed, manyArguments, ranging, truth } from "./signature.ts";
import type { ScriptFunction, ScriptFunctions } from "./signature.ts";

/** Same text or same number; a text that reads as a number equals that number. */
function sameValue(left: Value, right: Value): boolean {
  const number = numberOf(left);
  if (number !== undefined && number === numberOf(right)) return true;
  return left !== null && keyOf(left) === keyOf(right);
}

function sameInAnyCase(left: Value, right: Value): boolean {
  if (sameValue(left, right)) return true;
  const text = textOf(left);
  return text !== undefined && text.toLowerCase() === textOf(right)?.toLowerCase();
}

function fitsPattern(value: Value, pattern: Value): boolean {
  const text = textOf(value);
  return text !== undefined && globMatches((textOf(pattern) ?? "").toLowerCase(), text.toLowerCase());
}

/** The number of the first option that fits, 0 for none. */
function positionBy(fits: (value: Value, option: Value) => boolean): ScriptFunction {
  return ranging(2, manyArguments, ([value = null, ...options]) => {
    return options.findIndex((option) => fits(value, option)) + 1;
  });
}

const pick: ScriptFunction = ranging(2, manyArguments, ([position = null, ...options]) => {
  const number = numberOf(position);
  return number === undefined ? null : (options[Math.trunc(number) - 1] ?? null);
});

/** The first argument with a number, else the last. */
const alt: ScriptFunction = ranging(1, manyArguments, (args) => {
  return args.find((value) => numberOf(value) !== undefined) ?? args.at(-1) ?? null;
});

/** The interval a number falls into: `20<=x<30` with its lower bound. */
const classOf: ScriptFunction = ranging(2, 4, ([value = null, width = null, label = "x", offset = 0]) => {
  const [number, step, start] = [numberOf(value), numberOf(width), numberOf(offset)];
  if (number === undefined || step === undefined || start === undefined || step <= 0) return null;
  const low = Number((Math.floor((number - start) / step) * step + start).toPrecision(15));
  return dual(low, `${low}<=${textOf(label) ?? ""}<${Number((low + step).toPrecision(15))}`);
});

export const conditionFunctions: ScriptFunctions = {
  match: positionBy(sameValue),
  mixmatch: positionBy(sameInAnyCase),
  wildmatch: positionBy(fitsPattern),
  wildmatch5: positionBy(fitsPattern),
  pick,
  alt,
  coalesce: ranging(1, manyArguments, (args) => args.find((value) => value !== null) ?? null),
  class: classOf,
  null: fixed(0, () => null),
  emptyisnull: fixed(1, ([value = null]) => (value === "" ? null : value)),
  isnull: fixed(1, ([value = null]) => truth(value === null)),
  isnum: fixed(1, ([value = null]) => truth(ownNumber(value) !== undefined)),
  istext: fixed(1, ([value = null]) => truth(typeof value === "string" && readNumber(value) === undefined)),
};
