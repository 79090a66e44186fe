/** Dates, times and timestamps by format codes, as numbers: days since 1899-12-30, times as parts of a day (LS-VAL-02). */

import { remembering } from "./remember.ts";

export type ReadNumber = (text: string) => number | undefined;

/** Names of months and weekdays by the code that asks for them. */
export interface CalendarNames {
  readonly MMM: readonly string[];
  readonly MMMM: readonly string[];
  readonly WWW: readonly string[];
  readonly WWWW: readonly string[];
}

export interface Reading {
  /** What the format leaves out is the first: `YYYYMM` reads a first of a month. `YYYY` reads two digits as well. */
  readonly lenient?: true;
  /** Two letters want two digits. */
  readonly strict?: true;
}

type Part = "year" | "shortYear" | "month" | "day" | "hour" | "minute" | "second" | "fraction" | "half" | "weekday";
type Parts = { readonly [part in Part]?: number };

interface Token {
  readonly pattern: string;
  readonly part?: Part;
  readonly names?: readonly string[];
}

/** Longest codes first. `M` is the month and `m` the minute; of the other letters case does not matter. */
const codes = /\[|\]|y{4}|yy|MMMM|MMM|MM|M|W{1,4}|dd?|hh?|mm?|ss?|f+|tt|./giu;

/** The codes of a format, one by one, and what stands between them. */
export const codesOf: (format: string) => readonly string[] = remembering((format) =>
  [...format.matchAll(codes)].map(([code]) => code),
);

const fixedTokens: { readonly [code: string]: Token } = {
  "[": { pattern: "(?:" },
  "]": { pattern: ")?" },
  yy: { pattern: String.raw`(\d{2})`, part: "shortYear" },
  tt: { pattern: "(AM|PM)", part: "half", names: ["AM", "PM"] },
};

const numeric: { readonly [code: string]: Part } = { d: "day", h: "hour", s: "second" };

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

function namedToken(part: Part, names: readonly string[]): Token | undefined {
  if (names.length === 0 || names.includes("")) return undefined;
  return { pattern: `(${names.map(escaped).join("|")})`, part, names };
}

function isNameCode(code: string): code is keyof CalendarNames {
  return code === "MMM" || code === "MMMM" || code === "WWW" || code === "WWWW";
}

/** Two letters read two digits; one digit as well where the digits around cannot be meant, as documented examples do. */
function counted(part: Part, code: string, separated: boolean): Token {
  return { pattern: code.length === 1 || separated ? String.raw`(\d{1,2})` : String.raw`(\d{2})`, part };
}

interface Position {
  readonly names: CalendarNames;
  readonly separated: boolean;
  readonly reading: Reading;
}

function letterToken(code: string, lower: string, at: Position): Token | undefined {
  if (/^M+$/.test(code)) return counted("month", code, at.separated);
  if (/^m+$/.test(code)) return code.length > 2 ? undefined : counted("minute", code, at.separated);
  if (lower.startsWith("f")) return { pattern: String.raw`(\d{1,${code.length}})`, part: "fraction" };
  const part = numeric[lower.slice(0, 1)];
  if (part !== undefined) return counted(part, code, at.separated);
  return code !== "T" && code !== "Z" && /\p{L}/u.test(code) ? undefined : { pattern: escaped(code) };
}

/** What a code reads; undefined for one whose reading is not settled (weekday numbers, quarters, eras). */
function tokenOf(code: string, at: Position): Token | undefined {
  const lower = code.toLowerCase();
  if (lower === "yyyy") {
    return { pattern: at.reading.lenient ? String.raw`(\d{4}|\d{2})` : String.raw`(\d{4})`, part: "year" };
  }
  const fixed = fixedTokens[lower];
  if (fixed !== undefined) return fixed;
  if (isNameCode(code)) return namedToken(code.startsWith("M") ? "month" : "weekday", at.names[code]);
  return letterToken(code, lower, at);
}

function numberIn({ part, names }: Token, text: string): number {
  if (part === "fraction") return Number(`0.${text}`);
  if (names === undefined) return part === "year" && text.length === 2 ? fullYear(Number(text)) : Number(text);
  return names.findIndex((name) => name.toLowerCase() === text.toLowerCase()) + 1;
}

/** 97 is documented to be 1997. Where the century turns is not: the years in between are not read. */
function fullYear(twoDigits: number): number {
  if (twoDigits < 30) return 2000 + twoDigits;
  return twoDigits < 70 ? Number.NaN : 1900 + twoDigits;
}

const dayMs = 86_400_000;
const firstDay = Date.UTC(1899, 11, 30);

/** The serial number of a day; undefined for one that no calendar has. */
export function dayNumber(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? Math.round((date.getTime() - firstDay) / dayMs) : undefined;
}

/** 12 AM is midnight, 12 PM noon. */
function hourOf({ hour = 0, half }: Parts): number {
  if (half === undefined) return hour;
  return hour < 1 || hour > 12 ? Number.NaN : (hour % 12) + (half === 2 ? 12 : 0);
}

function dayFraction(parts: Parts): number | undefined {
  const { minute = 0, second = 0, fraction = 0 } = parts;
  const hour = hourOf(parts);
  if (!(hour < 24 && minute < 60 && second < 60)) return undefined;
  return (hour * 3600 + minute * 60 + second + fraction) / 86_400;
}

/** A month or day without a year is read in the first year the numbers begin with. */
const yearless = 1900;

function valueOf(parts: Parts, hasDay: boolean): number | undefined {
  const time = dayFraction(parts);
  if (!hasDay) return time;
  const year = parts.year ?? (parts.shortYear === undefined ? yearless : fullYear(parts.shortYear));
  const day = dayNumber(year, parts.month ?? 1, parts.day ?? 1);
  return day === undefined || time === undefined ? undefined : day + time;
}

function isLetter(code: string | undefined): boolean {
  return code !== undefined && /^[a-z]/i.test(code);
}

function tokensOf(format: string, names: CalendarNames, reading: Reading): readonly Token[] | undefined {
  const parts = codesOf(format);
  const tokens = parts.map((code, index) => {
    const separated = !reading.strict && !isLetter(parts[index - 1]) && !isLetter(parts[index + 1]);
    return tokenOf(code, { names, separated, reading });
  });
  const known = tokens.filter((token) => token !== undefined);
  return known.length === tokens.length ? known : undefined;
}

const dayParts: ReadonlySet<Part> = new Set(["year", "shortYear", "month", "day"]);

/** Whether it says a whole day, a time of day, or both, each part once; leniently any of them. */
function isWhole(parts: readonly Part[], { lenient }: Reading): boolean {
  if (new Set(parts).size !== parts.length) return false;
  const days = parts.filter((part) => dayParts.has(part)).length;
  if (parts.includes("year") && parts.includes("shortYear")) return false;
  if (lenient) return days > 0 || parts.includes("hour") || parts.includes("minute");
  return days === 3 || (days === 0 && parts.includes("hour"));
}

function patternOf(tokens: readonly Token[]): RegExp | undefined {
  try {
    return new RegExp(`^${tokens.map((token) => token.pattern).join("")}$`, "iu");
  } catch {
    return undefined;
  }
}

/** Reads texts of the format; undefined for a format that is not understood or says no whole day and no time. */
export function formatReader(format: string, names: CalendarNames, reading: Reading = {}): ReadNumber | undefined {
  const tokens = tokensOf(format, names, reading);
  const read = tokens?.filter((token) => token.part !== undefined) ?? [];
  const parts = read.flatMap(({ part }) => part ?? []);
  const pattern = tokens === undefined || !isWhole(parts, reading) ? undefined : patternOf(tokens);
  if (pattern === undefined) return undefined;
  const hasDay = parts.some((part) => dayParts.has(part));
  return (text) => {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const found = read.flatMap((token, at) => {
      const piece = match[at + 1];
      return piece === undefined ? [] : [[token.part, numberIn(token, piece)] as const];
    });
    return valueOf(Object.fromEntries(found), hasDay);
  };
}
