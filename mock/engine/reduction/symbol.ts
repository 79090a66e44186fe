/** Values as symbols of one field: equal numbers are one symbol whatever their text, NULL is none (SA-TYPE-02, LS-VAL-05). */
import type { Dialect } from "../../../catalogue/dialects.ts";
import type { Value } from "../../../contract/types.ts";
import { capitals } from "./letters.ts";

/** `N:1` for anything with a number, `T:ABC` for a text, null for NULL. Two cells link when their symbols are equal. */
export function symbolOf(value: Value): string | null {
  if (value === null) return null;
  if (typeof value === "string") return `T:${value}`;
  return numberSymbol(typeof value === "number" ? value : value.n);
}

/** The text a cell shows; null for NULL. */
export function textOf(value: Value): string | null {
  if (value === null || typeof value === "string") return value;
  return typeof value === "number" ? String(value) : value.t;
}

/** Stands in access tables for a cell that holds the star symbol: all values (SA-WLD-01, SA-WLD-02). */
export const everything = "\u0001*";

/** Whether a section-access value is upper-cased: always, or when it came inline (SA-CASE-01, SA-CASE-02). */
export function isUpperCased(inline: boolean, dialect: Dialect): boolean {
  return inline || dialect.saUpper === "all";
}

/** What a symbol is compared as between section access and data (SA-CASE-04, SA-TYPE-03). */
export function borderSymbol(symbol: string, dialect: Dialect): string {
  const read = dialect.textNumberMatch ? (numberReading(symbol) ?? symbol) : symbol;
  return dialect.valueMatch === "caseInsensitive" ? capitals(read) : read;
}

function numberReading(symbol: string): string | undefined {
  const text = symbol.slice("T:".length);
  if (!symbol.startsWith("T:") || text.trim() === "" || !Number.isFinite(Number(text))) return undefined;
  return numberSymbol(Number(text));
}

function numberSymbol(number: number): string {
  return `N:${String(number)}`;
}
