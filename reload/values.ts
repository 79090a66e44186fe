/** Values of fields: how text is read, what a value's text and number are, when two are one (LS-VAL-01, LS-VAL-02). */
import type { Value } from "../contract/types.ts";

const numberForm = /^[+-]?(\d+)(?:\.(\d+))?$/;
/** More digits than this do not fit into a double and stay text, as the engine keeps them. */
const maximalDigits = 15;

/** The number a text can be read as: digits with an optional sign and decimals after a point. */
export function readNumber(text: string): number | undefined {
  const last = text.charCodeAt(text.length - 1);
  if (!(last >= 48 && last <= 57)) return undefined;
  const match = numberForm.exec(text);
  if (match === null) return undefined;
  const digits = `${match[1] ?? ""}${match[2] ?? ""}`.replace(/^0+/, "");
  return digits.length > maximalDigits ? undefined : Number(text) + 0;
}

/** A number with its text; a plain number when the text is its plain rendering. */
export function dual(number: number, text: string): Value {
  return String(number) === text ? number : { n: number, t: text };
}

/** Text of a value; NULL has none. */
export function textOf(value: Value): string | undefined {
  if (value === null) return undefined;
  if (typeof value === "object") return value.t;
  return typeof value === "string" ? value : String(value);
}

/** The number of a value, if it has one; a text has none. */
export function ownNumber(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "object" && value !== null ? value.n : undefined;
}

/** The number a value has, or its text can be read as, blanks around it aside. */
export function numberOf(value: Value): number | undefined {
  return typeof value === "string" ? readNumber(stripBlanks(value)) : ownNumber(value);
}

/** A computed number; what is not finite is NULL. */
export function numeric(number: number): Value {
  return Number.isFinite(number) ? number + 0 : null;
}

/** Same key, same value: numbers by number whatever their text, texts by text; a text is never a number. */
export function keyOf(value: Value): string {
  const number = ownNumber(value);
  if (number !== undefined) return `n${number}`;
  return typeof value === "string" ? `t${value}` : "null";
}

/** Blanks (ASCII 32) taken off both ends; tabs and no-break spaces stay (LS-INL-03). */
export function stripBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) === 32) start += 1;
  while (end > start && text.charCodeAt(end - 1) === 32) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** A value with the blanks around its text taken off. */
export function stripped(value: Value): Value {
  if (typeof value === "string") return stripBlanks(value);
  return typeof value === "object" && value !== null ? dual(value.n, stripBlanks(value.t)) : value;
}

/** Numbers first and by size, then texts; NULL last (LS-LOAD-04). */
export function compareValues(left: Value, right: Value): number {
  const [leftNumber, rightNumber] = [ownNumber(left), ownNumber(right)];
  if (leftNumber !== undefined && rightNumber !== undefined) return leftNumber - rightNumber;
  if (leftNumber !== undefined) return -1;
  if (rightNumber !== undefined) return 1;
  const [leftText, rightText] = [textOf(left), textOf(right)];
  if (leftText === undefined || rightText === undefined)
    return Number(leftText === undefined) - Number(rightText === undefined);
  return leftText < rightText ? -1 : Number(leftText > rightText);
}
