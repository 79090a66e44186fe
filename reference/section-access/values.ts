/** Values as section access compares them: upper case, blanks, and equality inside a model and across the border. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Value } from "../../contract/types.ts";

function upperOne(character: string): string {
  const upper = character.toUpperCase();
  return upper.length === character.length ? upper : character;
}

/** Simple upper-casing, free of any locale: a letter whose upper case is several letters (ß) stays (SA-CASE-05). */
export function upperText(text: string): string {
  const upper = text.toUpperCase();
  return upper.length === text.length ? upper : Array.from(text, upperOne).join("");
}

/** The value with its text in upper case; numbers and NULL as they are (SA-CASE-01). */
export function upperValue(value: Value): Value {
  if (typeof value === "string") return upperText(value);
  if (value === null || typeof value === "number") return value;
  return { n: value.n, t: upperText(value.t) };
}

/** The text a value shows; NULL shows none. */
export function textOf(value: Value): string {
  if (value === null) return "";
  if (typeof value === "object") return value.t;
  return String(value);
}

/** An empty cell of a text source is `""`, a missing one NULL; in a security table both say nothing (SA-STR-10). */
export function isBlank(value: Value): boolean {
  return value === null || value === "";
}

/** The star of section access, a value no text is equal to: a cell that only looks like it is another. */
export const star: Value = { n: Number.NaN, t: "*" };

/** The star is the whole cell; inside a longer text it is a letter like any other (SA-WLD-06). */
export function isStar(value: Value): boolean {
  return value === star;
}

/** Key under which a value links inside one model: one number is one value (SA-TYPE-02), NULL never links (LS-VAL-05). */
export function linkKey(value: Value): string | undefined {
  if (value === null) return undefined;
  if (typeof value === "string") return `t${value}`;
  return `n${typeof value === "number" ? value : value.n}`;
}

const plainNumber = /^-?\d+(?:\.\d+)?$/;

/** Key under which a security value meets a data value (SA-CASE-04, SA-TYPE-03). */
export function borderKey(value: Value, dialect: Dialect): string | undefined {
  if (typeof value !== "string") return linkKey(value);
  if (dialect.textNumberMatch && plainNumber.test(value)) return `n${Number(value)}`;
  return `t${dialect.valueMatch === "caseInsensitive" ? upperText(value) : value}`;
}
