/** Dates, times and timestamps by format codes, as numbers: days since 1899-12-30, times as parts of a day (LS-VAL-02). */

export type ReadNumber = (text: string) => number | undefined;

/** Month names by the code that asks for them: `MMM` and `MMMM`. */
export interface MonthNames {
  readonly MMM: readonly string[];
  readonly MMMM: readonly string[];
}

type Part = "year" | "month" | "day" | "hour" | "minute" | "second" | "fraction" | "half";
type Parts = { readonly [part in Part]?: number };

interface Token {
  readonly pattern: string;
  readonly part?: Part;
  readonly names?: readonly string[];
}

/** Longest codes first. `M` is the month and `m` the minute; of the other letters case does not matter. */
const codes = /\[|\]|y{4}|MMMM|MMM|MM|M|dd?|hh?|mm?|ss?|f+|tt|./giu;
const fixedTokens: { readonly [code: string]: Token } = {
  "[": { pattern: "(?:" },
  "]": { pattern: ")?" },
  yyyy: { pattern: String.raw`(\d{4})`, part: "year" },
  tt: { pattern: "(AM|PM)", part: "half", names: ["AM", "PM"] },
};

const numeric: { readonly [code: string]: Part } = { d: "day", h: "hour", s: "second" };

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

function monthToken(names: readonly string[]): Token | undefined {
  if (names.length === 0 || names.includes("")) return undefined;
  return { pattern: `(${names.map(escaped).join("|")})`, part: "month", names };
}

/** One letter reads one or two digits, two letters read two. */
function counted(part: Part, code: string): Token {
  return { pattern: code.length === 1 ? String.raw`(\d{1,2})` : String.raw`(\d{2})`, part };
}

/** What a code reads; undefined for one whose reading is not settled (two-digit years, weekdays, eras). */
function tokenOf(code: string, months: MonthNames): Token | undefined {
  const lower = code.toLowerCase();
  const fixed = fixedTokens[lower];
  if (fixed !== undefined) return fixed;
  if (code === "MMM" || code === "MMMM") return monthToken(months[code]);
  if (/^M+$/.test(code)) return counted("month", code);
  if (/^m+$/.test(code)) return code.length > 2 ? undefined : counted("minute", code);
  if (lower.startsWith("f")) return { pattern: String.raw`(\d{1,${code.length}})`, part: "fraction" };
  const part = numeric[lower.slice(0, 1)];
  if (part !== undefined) return counted(part, code);
  return code !== "T" && /\p{L}/u.test(code) ? undefined : { pattern: escaped(code) };
}

function numberIn({ part, names }: Token, text: string): number {
  if (part === "fraction") return Number(`0.${text}`);
  if (names === undefined) return Number(text);
  return names.findIndex((name) => name.toLowerCase() === text.toLowerCase()) + 1;
}

const dayMs = 86_400_000;
const firstDay = Date.UTC(1899, 11, 30);

/** The serial number of a day; undefined for one that no calendar has. */
function dayNumber({ year, month, day }: Parts): number | undefined {
  if (year === undefined || month === undefined || day === undefined) return undefined;
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

function valueOf(parts: Parts, has: ReadonlySet<Part>): number | undefined {
  const time = dayFraction(parts);
  if (!has.has("year")) return time;
  const day = dayNumber(parts);
  return day === undefined || time === undefined ? undefined : day + time;
}

function tokensOf(format: string, months: MonthNames): readonly Token[] | undefined {
  const tokens = [...format.matchAll(codes)].map(([code]) => tokenOf(code, months));
  const known = tokens.filter((token) => token !== undefined);
  return known.length === tokens.length ? known : undefined;
}

/** Whether it says a whole day, a time of day, or both, each part once. */
function isWhole(parts: readonly Part[]): boolean {
  const days = ["year", "month", "day"].filter((part) => parts.some((one) => one === part)).length;
  return new Set(parts).size === parts.length && (days === 3 || (days === 0 && parts.includes("hour")));
}

/** Reads texts of the format; undefined for a format that is not understood or says no whole day and no time. */
export function formatReader(format: string, months: MonthNames): ReadNumber | undefined {
  const tokens = tokensOf(format, months);
  if (tokens === undefined) return undefined;
  const read = tokens.filter((token) => token.part !== undefined);
  const has = new Set(read.flatMap(({ part }) => part ?? []));
  if (!isWhole(read.flatMap(({ part }) => part ?? []))) return undefined;
  let pattern: RegExp;
  try {
    pattern = new RegExp(`^${tokens.map((token) => token.pattern).join("")}$`, "iu");
  } catch {
    return undefined;
  }
  return (text) => {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const found = read.flatMap((token, at) => {
      const piece = match[at + 1];
      return piece === undefined ? [] : [[token.part, numberIn(token, piece)] as const];
    });
    return valueOf(Object.fromEntries(found), has);
  };
}
