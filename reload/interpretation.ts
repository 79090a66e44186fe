/** How untyped text is read: the formats a script has set, in the order the engine tries them (LS-VAL-02). */
import type { Value } from "../contract/types.ts";
import { formatReader, type MonthNames, type ReadNumber } from "./formats.ts";
import { dual, readNumber, textOf } from "./values.ts";

/** Value of a variable as text; undefined when it was never set. */
type Setting = (name: string) => string | undefined;

const noMonths: MonthNames = { MMM: [], MMMM: [] };

/** Read whatever the script has set. */
const always: readonly ReadNumber[] = ["YYYY-MM-DD", "YYYY-MM-DD hh:mm[:ss[.fff]]", "hh:mm[:ss[.fff]]"].flatMap(
  (format) => formatReader(format, noMonths) ?? [],
);

function escaped(separator: string): string {
  return separator.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

/** Numbers with the script's separators; thousands only in groups of three. Neither set: a point, and no groups. */
function numberReader(setting: Setting): ReadNumber {
  const decimal = setting("DecimalSep") ?? ".";
  const thousand = setting("ThousandSep") ?? "";
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

function namesIn(list: string | undefined): readonly string[] {
  return list === undefined ? [] : list.split(";");
}

/** Number, date, timestamp and time by the script's formats, then the forms that are always read; else text. */
export function interpreter(setting: Setting): (text: string) => Value {
  const months: MonthNames = { MMM: namesIn(setting("MonthNames")), MMMM: namesIn(setting("LongMonthNames")) };
  const set = ["DateFormat", "TimestampFormat", "TimeFormat"].flatMap((name) => {
    const format = setting(name);
    return format === undefined ? [] : (formatReader(format, months) ?? []);
  });
  const readers = [numberReader(setting), ...set, ...always];
  return (text) => {
    if (!/\d/.test(text)) return text;
    for (const read of readers) {
      const number = read(text);
      if (number !== undefined) return dual(number, text);
    }
    return text;
  };
}

/** The settings among a script's variables. */
export function settingsIn(variables: ReadonlyMap<string, Value>): Setting {
  return (name) => textOf(variables.get(name) ?? null);
}
