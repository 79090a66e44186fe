/** Numbers as dates, times and intervals, by format codes (the formatting functions). */
import { codesOf, type CalendarNames } from "./formats.ts";

interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 is Monday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const dayMs = 86_400_000;
const firstDay = Date.UTC(1899, 11, 30);

/** Day and time of a serial number, to the millisecond; undefined beyond what a calendar has. */
export function momentOf(number: number): Moment | undefined {
  const ms = Math.round(number * dayMs);
  const date = new Date(firstDay + ms);
  if (Number.isNaN(date.getTime())) return undefined;
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: (date.getUTCDay() + 6) % 7,
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

interface Piece {
  readonly text: string;
  /** Whether it says something: `[ ]` around pieces that do not is left out. */
  readonly says: boolean;
}

type PrintCode = (code: string) => Piece;

function literal(text: string): Piece {
  return { text, says: false };
}

function digits(number: number, width: number): Piece {
  const text = String(Math.abs(number)).padStart(width, "0");
  return { text: number < 0 ? `-${text}` : text, says: number !== 0 };
}

/** Prints the codes up to the closing bracket. */
function printUntil(codes: readonly string[], from: number, print: PrintCode): Piece & { readonly at: number } {
  let text = "";
  let says = false;
  let at = from;
  while (at < codes.length && codes[at] !== "]") {
    const code = codes[at] ?? "";
    const group = code === "[" ? printUntil(codes, at + 1, print) : undefined;
    const piece = group ?? print(code);
    if (group === undefined || piece.says) text += piece.text;
    says ||= piece.says;
    at = (group?.at ?? at) + 1;
  }
  return { text, says, at };
}

function printFraction(millisecond: number, width: number): Piece {
  return { text: String(millisecond).padStart(3, "0").padEnd(width, "0").slice(0, width), says: millisecond !== 0 };
}

type PrintPart = (moment: Moment, code: string) => Piece;

const timeParts: { readonly [letter: string]: PrintPart } = {
  m: ({ minute }, { length }) => digits(minute, length),
  s: ({ second }, { length }) => digits(second, length),
  f: ({ millisecond }, { length }) => printFraction(millisecond, length),
  t: ({ hour }, code) => {
    const half = hour < 12 ? "am" : "pm";
    return literal(code.startsWith("T") ? half.toUpperCase() : half);
  },
};

const dayParts: { readonly [letter: string]: PrintPart } = {
  y: ({ year }, { length }) => (length === 2 ? digits(year % 100, 2) : digits(year, 4)),
  d: ({ day }, { length }) => digits(day, length),
};

function isCode(code: string): boolean {
  return /^(?:y{2}|y{4}|W{1,4}|M{1,4}|dd?|hh?|mm?|ss?|f+|tt)$/i.test(code);
}

function monthPiece({ month }: Moment, code: string, names: CalendarNames): Piece {
  if (code.length < 3) return digits(month, code.length);
  return literal((code.length === 3 ? names.MMM : names.MMMM)[month - 1] ?? String(month));
}

function weekdayPiece({ weekday }: Moment, code: string, names: CalendarNames): Piece {
  if (code.length < 3) return digits(weekday, code.length);
  return literal((code.length === 3 ? names.WWW : names.WWWW)[weekday] ?? String(weekday));
}

function codePiece(moment: Moment, code: string, names: CalendarNames): Piece | undefined {
  if (!isCode(code)) return undefined;
  if (code.startsWith("M")) return monthPiece(moment, code, names);
  if (/^W/i.test(code)) return weekdayPiece(moment, code, names);
  const letter = code.charAt(0).toLowerCase();
  return (dayParts[letter] ?? timeParts[letter])?.(moment, code);
}

/** The moment by the format; undefined for a number that is no moment. With `TT` hours count to 12. */
export function printMoment(number: number, format: string, names: CalendarNames): string | undefined {
  const moment = momentOf(number);
  if (moment === undefined) return undefined;
  const codes = codesOf(format);
  const halves = codes.some((code) => code.toLowerCase() === "tt");
  const hour = halves ? ((moment.hour + 11) % 12) + 1 : moment.hour;
  const print: PrintCode = (code) => {
    if (/^h/i.test(code) && isCode(code)) return digits(hour, code.length);
    return codePiece(moment, code, names) ?? literal(code);
  };
  return printUntil(codes, 0, print).text;
}

/** An interval by the format: `D` whole days; without it the hours of all days (`33:00:00` is 1.375). */
export function printInterval(number: number, format: string): string | undefined {
  const ms = Math.round(Math.abs(number) * dayMs);
  if (!Number.isSafeInteger(ms)) return undefined;
  const codes = codesOf(format);
  const hasDays = codes.some((code) => /^d/i.test(code));
  const hours = Math.floor(ms / 3_600_000);
  const parts: { readonly [letter: string]: number } = {
    d: Math.floor(ms / dayMs),
    h: hasDays ? hours % 24 : hours,
    m: Math.floor(ms / 60_000) % 60,
    s: Math.floor(ms / 1000) % 60,
  };
  const print: PrintCode = (code) => {
    const letter = code.charAt(0).toLowerCase();
    const part = isCode(code) ? parts[letter] : undefined;
    if (part !== undefined) return digits(part, code.length);
    return letter === "f" ? printFraction(ms % 1000, code.length) : literal(code);
  };
  const text = printUntil(codes, 0, print).text;
  return number < 0 ? `-${text}` : text;
}
