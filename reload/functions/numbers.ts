/** Numeric functions: rounding, division, counting, powers, angles. */
import type { Value } from "../../contract/types.ts";
import { numberOf } from "../values.ts";
import { fixed, onNumbers, truth } from "./signature.ts";
import type { ScriptFunction, ScriptFunctions } from "./signature.ts";

/** Without the last digits, which binary fractions get wrong: 3.88 in steps of 0.1 is 3.9. */
function clean(number: number): number {
  return Number(number.toPrecision(15));
}

type Rounding = (number: number) => number;

/** The nearest multiple of a step, counted from an offset. */
function stepped(round: Rounding): ScriptFunction {
  return onNumbers(1, 3, (number = 0, step = 1, offset = 0) => {
    if (step <= 0) return Number.NaN;
    return clean(round(clean((number - offset) / step)) * step + offset);
  });
}

function mod(left = 0, right = 0): number {
  if (!Number.isInteger(left) || !Number.isInteger(right) || right <= 0) return Number.NaN;
  return ((left % right) + right) % right;
}

/** Above this a factorial is no longer finite. */
const largestFactorial = 170;

function product(from: number, to: number): number {
  if (to - from > largestFactorial) return Number.POSITIVE_INFINITY;
  let result = 1;
  for (let factor = from; factor <= to; factor += 1) result *= factor;
  return result;
}

function permutations(all: number, picked: number): number {
  return picked < 0 || picked > all ? Number.NaN : product(all - picked + 1, all);
}

function combinations(all: number, picked: number): number {
  const few = Math.min(picked, all - picked);
  return few < 0 ? Number.NaN : Math.round(permutations(all, few) / product(1, few));
}

function bitCount(number = 0): number {
  if (!Number.isSafeInteger(number)) return Number.NaN;
  return BigInt.asUintN(64, BigInt(number)).toString(2).replaceAll("0", "").length;
}

/** NULL for what is no whole number. */
function parity(remainder: number): ScriptFunction {
  return fixed(1, ([value = null]): Value => {
    const number = numberOf(value);
    return number === undefined || !Number.isInteger(number) ? null : truth(Math.abs(number % 2) === remainder);
  });
}

function one(compute: (number: number) => number): ScriptFunction {
  return onNumbers(1, 1, (number = 0) => compute(number));
}

const constants: ScriptFunctions = {
  pi: fixed(0, () => Math.PI),
  e: fixed(0, () => Math.E),
  true: fixed(0, () => truth(true)),
  false: fixed(0, () => truth(false)),
};

export const numberFunctions: ScriptFunctions = {
  ...constants,
  ceil: stepped(Math.ceil),
  floor: stepped(Math.floor),
  round: stepped((number) => Math.floor(number + 0.5)),
  fabs: one(Math.abs),
  frac: one((number) => clean(number - Math.floor(number))),
  sign: one(Math.sign),
  sqr: one((number) => number * number),
  sqrt: one(Math.sqrt),
  exp: one(Math.exp),
  log: one((number) => (number > 0 ? Math.log(number) : Number.NaN)),
  log10: one((number) => (number > 0 ? Math.log10(number) : Number.NaN)),
  pow: onNumbers(2, 2, (base = 0, exponent = 0) => base ** exponent),
  div: onNumbers(2, 2, (left = 0, right = 0) => Math.trunc(left / right)),
  mod: onNumbers(2, 2, mod),
  fmod: onNumbers(2, 2, (left = 0, right = 0) => left % right),
  even: parity(0),
  odd: parity(1),
  bitcount: onNumbers(1, 1, bitCount),
  combin: onNumbers(2, 2, (all = 0, picked = 0) => combinations(Math.trunc(all), Math.trunc(picked))),
  permut: onNumbers(2, 2, (all = 0, picked = 0) => permutations(Math.trunc(all), Math.trunc(picked))),
  fact: one((number) => (number < 1 ? Number.NaN : product(1, Math.trunc(number)))),
  cos: one(Math.cos),
  acos: one(Math.acos),
  sin: one(Math.sin),
  asin: one(Math.asin),
  tan: one(Math.tan),
  atan: one(Math.atan),
  atan2: onNumbers(2, 2, (y = 0, x = 0) => Math.atan2(y, x)),
  cosh: one(Math.cosh),
  sinh: one(Math.sinh),
  tanh: one(Math.tanh),
};
