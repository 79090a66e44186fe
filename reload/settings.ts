/** What formatting and date functions go by: what the script has set, else ISO dates, English names and weeks from Monday. */
import type { Value } from "../contract/types.ts";
import { ConformanceError } from "../contract/errors.ts";
import { formatReader, type CalendarNames } from "./formats.ts";
import { calendarNames, interpreter, settingsIn } from "./interpretation.ts";
import type { Separators } from "./number-formats.ts";
import { numberOf } from "./values.ts";

export interface Settings {
  /** Serial number of the moment `Now()` gives. */
  readonly now: number;
  readonly dateFormat: string;
  readonly timestampFormat: string;
  readonly timeFormat: string;
  readonly moneyFormat: string;
  readonly separators: Separators;
  readonly moneySeparators: Separators;
  readonly names: CalendarNames;
  /** 0 is Monday. */
  readonly firstWeekDay: number;
  readonly brokenWeeks: boolean;
  readonly referenceDay: number;
  /** An untyped text as a value (LS-VAL-02). */
  readonly interpret: (text: string) => Value;
}

const english: CalendarNames = {
  MMM: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" "),
  MMMM: "January February March April May June July August September October November December".split(" "),
  WWW: "Mon Tue Wed Thu Fri Sat Sun".split(" "),
  WWWW: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" "),
};

function namesOf(set: CalendarNames): CalendarNames {
  const orEnglish = (code: keyof CalendarNames): readonly string[] =>
    set[code].length > 0 ? set[code] : english[code];
  return { MMM: orEnglish("MMM"), MMMM: orEnglish("MMMM"), WWW: orEnglish("WWW"), WWWW: orEnglish("WWWW") };
}

/** The settings among the variables as they stand at the call; a later SET is not seen. */
export function settingsOf(variables: ReadonlyMap<string, Value>, now: number): Settings {
  const setting = settingsIn(variables);
  const number = (name: string, otherwise: number): number => numberOf(variables.get(name) ?? null) ?? otherwise;
  let interpret: ((text: string) => Value) | undefined;
  let names: CalendarNames | undefined;
  return {
    now,
    dateFormat: setting("DateFormat") ?? "YYYY-MM-DD",
    timestampFormat: setting("TimestampFormat") ?? "YYYY-MM-DD hh:mm:ss[.fff]",
    timeFormat: setting("TimeFormat") ?? "hh:mm:ss",
    moneyFormat: setting("MoneyFormat") ?? "#,##0.00",
    separators: { decimal: setting("DecimalSep") ?? ".", thousand: setting("ThousandSep") ?? "," },
    moneySeparators: { decimal: setting("MoneyDecimalSep") ?? ".", thousand: setting("MoneyThousandSep") ?? "," },
    firstWeekDay: number("FirstWeekDay", 0),
    brokenWeeks: number("BrokenWeeks", 0) !== 0,
    referenceDay: number("ReferenceDay", 4),
    get names() {
      return (names ??= namesOf(calendarNames(setting)));
    },
    interpret: (text) => (interpret ??= interpreter(setting))(text),
  };
}

const readMoment = formatReader("YYYY-MM-DD[ hh:mm:ss]", english);

/** The moment a script runs at, unless told: there is no clock here. */
const standIn = "2026-01-01 00:00:00";

/** Throws ConformanceError `input` for a moment not written as `YYYY-MM-DD hh:mm:ss`. */
export function momentGiven(now: string = standIn): number {
  const number = readMoment?.(now);
  if (number !== undefined) return number;
  throw new ConformanceError("input", `${JSON.stringify(now)} is no moment`, {
    expected: "YYYY-MM-DD hh:mm:ss",
    remedy: "write the moment the script is to run at in this form",
  });
}
