/** Script functions that need nothing but their arguments. */
import type { Value } from "../contract/types.ts";
import { globMatches } from "./glob.ts";
import { dual, keyOf, numberOf, numeric, ownNumber, readNumber, stripBlanks, textOf } from "./values.ts";

export interface ScriptFunction {
  readonly least: number;
  readonly most: number;
  readonly apply: (args: readonly Value[]) => Value;
}

export function truth(value: boolean): Value {
  return value ? -1 : 0;
}

export function isTrue(value: Value): boolean {
  return (numberOf(value) ?? 0) !== 0;
}

function fixed(count: number, apply: ScriptFunction["apply"]): ScriptFunction {
  return { least: count, most: count, apply };
}

/** NULL in, NULL out; everything else as text. */
function onText(change: (text: string) => Value): ScriptFunction {
  return fixed(1, ([value = null]) => {
    const text = textOf(value);
    return text === undefined ? null : change(text);
  });
}

function onNumber(change: (number: number) => number): ScriptFunction {
  return fixed(1, ([value = null]) => {
    const number = numberOf(value);
    return number === undefined ? null : numeric(change(number));
  });
}

/** A part of a text, given the text and whole numbers; NULL when any is missing. */
function part(least: number, most: number, cut: (text: string, ...counts: number[]) => string): ScriptFunction {
  const apply = ([value = null, ...rest]: readonly Value[]): Value => {
    const text = textOf(value);
    const counts = rest.map((each) => Math.trunc(numberOf(each) ?? Number.NaN));
    return text === undefined || counts.some(Number.isNaN) ? null : cut(text, ...counts);
  };
  return { least, most, apply };
}

function chr(number: number): Value {
  const valid = Number.isInteger(number) && number >= 0 && number <= 0x10_ffff;
  return valid ? String.fromCodePoint(number) : null;
}

function pieceOf(text: string, delimiter: string, position: number): Value {
  const pieces = delimiter === "" ? [text] : text.split(delimiter);
  const index = position > 0 ? position - 1 : pieces.length + position;
  return position === 0 ? null : (pieces[index] ?? null);
}

/** One part by its number, from the end when negative. The form that makes a row of each part is not read. */
function subField([value = null, delimiter = null, position = null]: readonly Value[]): Value {
  const text = textOf(value);
  const number = numberOf(position);
  if (text === undefined || number === undefined) return null;
  return pieceOf(text, textOf(delimiter) ?? "", Math.trunc(number));
}

/** Same text or same number; a text that reads as a number equals that number. */
function sameValue(left: Value, right: Value): boolean {
  const number = numberOf(left);
  if (number !== undefined && number === numberOf(right)) return true;
  return left !== null && keyOf(left) === keyOf(right);
}

function positionOf(args: readonly Value[], fits: (value: Value, option: Value) => boolean): Value {
  const [value = null, ...options] = args;
  return options.findIndex((option) => fits(value, option)) + 1;
}

function fitsPattern(value: Value, pattern: Value): boolean {
  const text = textOf(value);
  return text !== undefined && globMatches((textOf(pattern) ?? "").toLowerCase(), text.toLowerCase());
}

function makeDual([text = null, number = null]: readonly Value[]): Value {
  const [ownText, own] = [textOf(text), numberOf(number)];
  return own === undefined || ownText === undefined ? null : dual(own, ownText);
}

function mod(args: readonly Value[]): Value {
  const [left, right] = args.map((value) => numberOf(value));
  if (left === undefined || right === undefined) return null;
  if (!Number.isInteger(left) || !Number.isInteger(right) || right <= 0) return null;
  return numeric(((left % right) + right) % right);
}

function num([value = null]: readonly Value[]): Value {
  const number = numberOf(value);
  return number === undefined ? null : number;
}

/** By lower-case name: functions ignore case (LS-LEX-02). */
export const scriptFunctions: ReadonlyMap<string, ScriptFunction> = new Map(
  Object.entries({
    upper: onText((text) => text.toUpperCase()),
    lower: onText((text) => text.toLowerCase()),
    trim: onText(stripBlanks),
    ltrim: onText((text) => text.replace(/^ +/, "")),
    rtrim: onText((text) => stripBlanks(`.${text}`).slice(1)),
    len: fixed(1, ([value = null]) => (textOf(value) ?? "").length),
    chr: fixed(1, ([value = null]) => chr(numberOf(value) ?? -1)),
    ord: onText((text) => text.codePointAt(0) ?? null),
    text: onText((text) => text),
    num: fixed(1, num),
    dual: fixed(2, makeDual),
    left: part(2, 2, (text, count) => text.slice(0, Math.max(0, count ?? 0))),
    right: part(2, 2, (text, count) => (count !== undefined && count > 0 ? text.slice(-count) : "")),
    mid: part(2, 3, (text, start = 1, count = text.length) => text.slice(start - 1, start - 1 + Math.max(0, count))),
    subfield: fixed(3, subField),
    match: { least: 2, most: 1000, apply: (args) => positionOf(args, sameValue) },
    wildmatch: { least: 2, most: 1000, apply: (args) => positionOf(args, fitsPattern) },
    null: fixed(0, () => null),
    isnull: fixed(1, ([value = null]) => truth(value === null)),
    isnum: fixed(1, ([value = null]) => truth(ownNumber(value) !== undefined)),
    istext: fixed(1, ([value = null]) => truth(typeof value === "string" && readNumber(value) === undefined)),
    true: fixed(0, () => truth(true)),
    false: fixed(0, () => truth(false)),
    mod: fixed(2, mod),
    floor: onNumber(Math.floor),
    ceil: onNumber(Math.ceil),
    fabs: onNumber(Math.abs),
  } satisfies { [name: string]: ScriptFunction }),
);
