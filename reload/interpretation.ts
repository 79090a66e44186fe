/** How untyped text is read: the formats a script has set, in the order the engine tries them (LS-VAL-02). */
import type { Value } from "../contract/types.ts";
import { formatReader, type CalendarNames, type ReadNumber } from "./formats.ts";
import { sectionOf, type Separators } from "./number-formats.ts";
import { dual, readNumber, stripBlanks, textOf } from "./values.ts";

/** Value of a variable as text; undefined when it was never set. */
export type Setting = (name: string) => string | undefined;

const noNames: CalendarNames = { MMM: [], MMMM: [], WWW: [], WWWW: [] };

/** Read whatever the script has set. */
const always: readonly ReadNumber[] = ["YYYY-MM-DD", "YYYY-MM-DD hh:mm[:ss[.fff]]", "hh:mm[:ss[.fff]]"].flatMap(
  (format) => formatReader(format, noNames, { strict: true }) ?? [],
);

function escaped(separator: string): string {
  return separator.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

/** Numbers with these separators; thousands only in groups of three. */
export function numberReader({ decimal, thousand }: Separators): ReadNumber {
  if (decimal === "." && thousand === "") return readNumber;
  const grouped = thousand === "" ? "" : String.raw`|\d{1,3}(?:${escaped(thousand)}\d{3})+`;
  const decimals = decimal === "" ? "" : String.raw`(?:${escaped(decimal)}(\d+))?`;
  const form = new RegExp(String.raw`^([+-]?)(\d+${grouped})${decimals}$`, "u");
  return (text) => {
    const match = form.exec(text);
    if (match === null) return undefined;
    const [, sign = "", whole = "", part] = match;
    return readNumber(`${sign}${whole.replaceAll(/\D/g, "")}${part === undefined ? "" : `.${part}`}`);
  };
}

function between(text: string, prefix: string, suffix: string): string | undefined {
  const fits = text.startsWith(prefix) && text.endsWith(suffix) && text.length > prefix.length + suffix.length;
  return fits ? stripBlanks(text.slice(prefix.length, text.length - suffix.length)) : undefined;
}

/** Amounts of a format like `$#,##0.00;-$#,##0.00`, or with a sign before them. */
export function moneyReader(format: string, separators: Separators): ReadNumber {
  const read = numberReader(separators);
  const [positive, negative] = format.split(";").map((section) => sectionOf(section));
  const marks = (section: typeof positive): readonly [string, string] => [
    stripBlanks(section?.prefix ?? ""),
    stripBlanks(section?.suffix ?? ""),
  ];
  return (text) => {
    const amount = between(text, ...marks(positive));
    const number = amount === undefined ? undefined : read(amount);
    if (number !== undefined) return number;
    const owed = between(text, ...marks(negative)) ?? (negative === undefined ? afterMinus(text) : undefined);
    const size = owed === undefined ? undefined : read(between(owed, ...marks(positive)) ?? owed);
    return size === undefined ? undefined : -size;
  };
}

function afterMinus(text: string): string | undefined {
  return text.startsWith("-") ? text.slice(1) : undefined;
}

/** Months and weekdays as the script names them. */
export function calendarNames(setting: Setting): CalendarNames {
  const names = (name: string): readonly string[] => setting(name)?.split(";") ?? [];
  return {
    MMM: names("MonthNames"),
    MMMM: names("LongMonthNames"),
    WWW: names("DayNames"),
    WWWW: names("LongDayNames"),
  };
}

/** Steps 8 to 10 of the order: money, and the other way of writing points and commas, where the script has set marks. */
function lastReaders(setting: Setting, { decimal, thousand }: Separators): readonly ReadNumber[] {
  const money = setting("MoneyFormat");
  const moneyMarks = {
    decimal: setting("MoneyDecimalSep") ?? decimal,
    thousand: setting("MoneyThousandSep") ?? thousand,
  };
  const readers = money === undefined ? [] : [moneyReader(money, moneyMarks)];
  if (setting("DecimalSep") === undefined && setting("ThousandSep") === undefined) return readers;
  const taken = (mark: string): boolean => decimal === mark || thousand === mark;
  if (!taken(",")) readers.push(numberReader({ decimal: ".", thousand: "," }));
  if (!taken(".")) readers.push(numberReader({ decimal: ",", thousand: "." }));
  return readers;
}

/** Texts whose reading is remembered at a time: columns repeat their values. */
const remembered = 20_000;

/** Number, date, timestamp and time by the script's formats, then the forms that are always read; else text. */
export function interpreter(setting: Setting): (text: string) => Value {
  const names = calendarNames(setting);
  const separators = { decimal: setting("DecimalSep") ?? ".", thousand: setting("ThousandSep") ?? "" };
  const set = ["DateFormat", "TimestampFormat", "TimeFormat"].flatMap((name) => {
    const format = setting(name);
    return format === undefined ? [] : (formatReader(format, names) ?? []);
  });
  const readers = [...set, ...always, ...lastReaders(setting, separators)];
  const readPlain = numberReader(separators);
  const known = new Map<string, Value>();
  const interpret = (text: string): Value => {
    for (const read of readers) {
      const number = read(text);
      if (number !== undefined && !Number.isNaN(number)) return dual(number, text);
    }
    return text;
  };
  return (text) => {
    const plain = readPlain(text);
    if (plain !== undefined) return dual(plain, text);
    if (!/\d/.test(text)) return text;
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= remembered) known.clear();
    const value = interpret(text);
    known.set(text, value);
    return value;
  };
}

/** The settings among a script's variables. */
export function settingsIn(variables: ReadonlyMap<string, Value>): Setting {
  return (name) => textOf(variables.get(name) ?? null);
}
