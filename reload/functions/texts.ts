/** String functions. */
import type { Value } from "../../contract/types.ts";
import { numberOf, stripBlanks, textOf } from "../values.ts";
import { fixed, onText, onTexts, ranging } from "./signature.ts";
import type { ScriptFunction, ScriptFunctions } from "./signature.ts";

/** A part of a text, given the text and whole numbers; NULL when any is missing. */
function part(least: number, most: number, cut: (text: string, ...counts: number[]) => string): ScriptFunction {
  return ranging(least, most, ([value = null, ...rest]) => {
    const text = textOf(value);
    const counts = rest.map((each) => Math.trunc(numberOf(each) ?? Number.NaN));
    return text === undefined || counts.some(Number.isNaN) ? null : cut(text, ...counts);
  });
}

function chr(number: number): Value {
  const valid = Number.isInteger(number) && number >= 0 && number <= 0x10_ffff;
  return valid ? String.fromCodePoint(number) : null;
}

/** The parts of a text; an empty text has none (`SubField('', ';', 1)` is NULL). */
export function partsOf(text: string, delimiter: string): readonly string[] {
  if (text === "") return [];
  return delimiter === "" ? [text] : text.split(delimiter);
}

/** One part by its number, from the end when negative. */
function subField([value = null, delimiter = null, position = null]: readonly Value[]): Value {
  const text = textOf(value);
  const number = Math.trunc(numberOf(position) ?? 0);
  if (text === undefined || number === 0) return null;
  const parts = partsOf(text, textOf(delimiter) ?? "");
  return parts.at(number > 0 ? number - 1 : number) ?? null;
}

/** Every word with a capital, the rest of it small. */
export function capitalized(text: string): string {
  return text.toLowerCase().replaceAll(/(?<![\p{L}\p{N}'])\p{L}/gu, (letter) => letter.toUpperCase());
}

/** Offsets at which a piece begins, from left to right, without overlap. */
function occurrences(text: string, piece: string): readonly number[] {
  const found: number[] = [];
  if (piece === "") return found;
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + piece.length)) found.push(at);
  return found;
}

/** The count-th of the offsets, from the end when negative. */
function counted(offsets: readonly number[], count: Value | undefined): number | undefined {
  const number = count === undefined ? 1 : Math.trunc(numberOf(count) ?? 0);
  return number === 0 ? undefined : offsets.at(number > 0 ? number - 1 : number);
}

function index([value = null, piece = null, count]: readonly Value[]): Value {
  const [text, sought] = [textOf(value), textOf(piece)];
  if (text === undefined || sought === undefined) return null;
  return (counted(occurrences(text, sought), count) ?? -1) + 1;
}

function findOneOf([value = null, set = null, count]: readonly Value[]): Value {
  const [text, chars] = [textOf(value), textOf(set)];
  if (text === undefined || chars === undefined) return null;
  const found = Array.from({ length: text.length }, (_, at) => at).filter((at) => chars.includes(text.charAt(at)));
  return (counted(found, count) ?? -1) + 1;
}

/** The text between the n-th first mark and the second mark that follows it. */
function textBetween([value = null, before = null, after = null, count]: readonly Value[]): Value {
  const [text, first, second] = [textOf(value), textOf(before), textOf(after)];
  if (text === undefined || first === undefined || second === undefined) return null;
  const at = counted(occurrences(text, first), count);
  if (at === undefined || second === "") return null;
  const start = at + first.length;
  const end = text.indexOf(second, start);
  return end === -1 ? null : text.slice(start, end);
}

const maximalRepetition = 1_000_000;

const repeat: ScriptFunction = fixed(2, ([value = null, count = null], { fail }) => {
  const text = textOf(value);
  const times = Math.max(0, Math.trunc(numberOf(count) ?? Number.NaN));
  if (text === undefined || Number.isNaN(times)) return null;
  if (text.length * times <= maximalRepetition) return text.repeat(times);
  throw fail(`Repeat makes a text of ${text.length * times} characters`, `keep it below ${maximalRepetition}`);
});

function filtered(text: string, set: string, keep: boolean): string {
  return Array.from(text, (char) => (set.includes(char) === keep ? char : "")).join("");
}

export const textFunctions: ScriptFunctions = {
  upper: onText((text) => text.toUpperCase()),
  lower: onText((text) => text.toLowerCase()),
  capitalize: onText(capitalized),
  trim: onText(stripBlanks),
  ltrim: onText((text) => text.replace(/^ +/, "")),
  rtrim: onText((text) => stripBlanks(`.${text}`).slice(1)),
  len: fixed(1, ([value = null]) => (textOf(value) ?? "").length),
  chr: fixed(1, ([value = null]) => chr(numberOf(value) ?? -1)),
  ord: onText((text) => text.codePointAt(0) ?? null),
  text: onText((text) => text),
  left: part(2, 2, (text, count) => text.slice(0, Math.max(0, count ?? 0))),
  right: part(2, 2, (text, count) => (count !== undefined && count > 0 ? text.slice(-count) : "")),
  mid: part(2, 3, (text, start = 1, count = text.length) => text.slice(start - 1, start - 1 + Math.max(0, count))),
  subfield: fixed(3, subField),
  replace: onTexts(3, (text = "", from = "", to = "") => (from === "" ? text : text.split(from).join(to))),
  keepchar: onTexts(2, (text = "", set = "") => filtered(text, set, true)),
  purgechar: onTexts(2, (text = "", set = "") => filtered(text, set, false)),
  index: ranging(2, 3, index),
  findoneof: ranging(2, 3, findOneOf),
  substringcount: onTexts(2, (text = "", piece = "") => occurrences(text, piece).length),
  textbetween: ranging(3, 4, textBetween),
  repeat,
};
