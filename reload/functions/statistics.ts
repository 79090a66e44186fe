/** Figures over several values: what aggregations and the range functions share. */
import type { Value } from "../../contract/types.ts";
import { keyOf, numberOf, numeric, ownNumber, textOf } from "../values.ts";

export function numbersIn(values: readonly Value[]): readonly number[] {
  return values.map(numberOf).filter((number) => number !== undefined);
}

export function sumOf(values: readonly Value[]): number {
  return numbersIn(values).reduce((sum, number) => sum + number, 0);
}

export function averageOf(values: readonly Value[]): Value {
  const { length } = numbersIn(values);
  return length === 0 ? null : numeric(sumOf(values) / length);
}

/** Sample standard deviation; NULL for fewer than two numbers. */
export function deviationOf(values: readonly Value[]): Value {
  const numbers = numbersIn(values);
  if (numbers.length < 2) return null;
  const mean = sumOf(values) / numbers.length;
  const squares = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0);
  return numeric(Math.sqrt(squares / (numbers.length - 1)));
}

/** Value below which the given part of the numbers lies, between neighbours in proportion. */
export function fractileOf(values: readonly Value[], part: number): Value {
  const numbers = numbersIn(values).toSorted((left, right) => left - right);
  if (numbers.length === 0 || !(part >= 0 && part <= 1)) return null;
  const at = (numbers.length - 1) * part;
  const low = numbers[Math.floor(at)] ?? 0;
  const high = numbers[Math.ceil(at)] ?? low;
  return numeric(low + (high - low) * (at - Math.floor(at)));
}

/** The n-th highest or lowest of the different numbers. */
export function rankedOf(values: readonly Value[], rank: number, highest: boolean): Value {
  const sorted = [...new Set(numbersIn(values))].toSorted((left, right) => (highest ? right - left : left - right));
  return sorted[Math.trunc(rank) - 1] ?? null;
}

/** The first or last text in the order of texts. */
export function extremeText(values: readonly Value[], last: boolean): Value {
  let found: string | undefined;
  for (const value of values) {
    const text = textOf(value);
    if (text !== undefined && (found === undefined || (last ? text > found : text < found))) found = text;
  }
  return found ?? null;
}

export function distinctValues(values: readonly Value[]): readonly Value[] {
  const byKey = new Map<string, Value>();
  for (const value of values) {
    const key = keyOf(value);
    if (!byKey.has(key)) byKey.set(key, value);
  }
  return [...byKey.values()];
}

/** The only value there is; NULL for none or several. */
export function onlyOf(values: readonly Value[]): Value {
  const [first = null, ...others] = distinctValues(values.filter((value) => value !== null));
  return others.length === 0 ? first : null;
}

/** The value that occurs most often; NULL when several do. */
export function modeOf(values: readonly Value[]): Value {
  const counts = new Map<string, { readonly value: Value; count: number }>();
  for (const value of values) {
    if (value === null) continue;
    const known = counts.get(keyOf(value));
    if (known === undefined) counts.set(keyOf(value), { value, count: 1 });
    else known.count += 1;
  }
  const most = [...counts.values()].reduce((highest, { count }) => Math.max(highest, count), 0);
  const [first, ...others] = [...counts.values()].filter(({ count }) => count === most);
  return first === undefined || others.length > 0 ? null : first.value;
}

export type CountedKind = "all" | "numbers" | "texts" | "nulls" | "missing";

/** How many values are of the kind; missing is what has no number, NULL or text. */
export function countOf(values: readonly Value[], kind: CountedKind): number {
  return values.filter((value) => isOfKind(value, kind)).length;
}

function isOfKind(value: Value, kind: CountedKind): boolean {
  const hasNumber = ownNumber(value) !== undefined;
  switch (kind) {
    case "all":
      return value !== null;
    case "numbers":
      return hasNumber;
    case "texts":
      return value !== null && !hasNumber;
    case "nulls":
      return value === null;
    case "missing":
      return !hasNumber;
  }
}
