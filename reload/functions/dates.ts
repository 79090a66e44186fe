/** Functions that take moments apart and put them together (the date and time functions). */
import type { Value } from "../../contract/types.ts";
import { dayNumber } from "../formats.ts";
import { momentOf, printMoment } from "../print-formats.ts";
import type { Settings } from "../settings.ts";
import { dual, numberOf } from "../values.ts";
import { firstOfMonth, monthIndex, weekAround, weekOf } from "./calendar.ts";
import type { WeekRules } from "./calendar.ts";
import { fixed, momentIn, ranging } from "./signature.ts";
import type { ScriptFunction, ScriptFunctions } from "./signature.ts";

type Moment = NonNullable<ReturnType<typeof momentOf>>;

/** A number with its text by a format; NULL for what is no moment. */
export function formatted(number: number | undefined, format: string, settings: Settings): Value {
  if (number === undefined || !Number.isFinite(number)) return null;
  const text = printMoment(number, format, settings.names);
  return text === undefined ? null : dual(number, text);
}

function partOf(read: (moment: Moment, settings: Settings) => Value): ScriptFunction {
  return fixed(1, ([value], { settings }) => {
    const number = momentIn(value, settings);
    const moment = number === undefined ? undefined : momentOf(number);
    return moment === undefined ? null : read(moment, settings);
  });
}

/** A whole number, or what is taken where the argument was left out. NaN for what is no number. */
export function countIn(value: Value | undefined, otherwise: number): number {
  return value === undefined ? otherwise : Math.trunc(numberOf(value) ?? Number.NaN);
}

const makeDate: ScriptFunction = ranging(1, 3, ([year, month, day], { settings }) => {
  const number = dayNumber(countIn(year, 0), countIn(month, 1), countIn(day, 1));
  return formatted(number, settings.dateFormat, settings);
});

const makeTime: ScriptFunction = ranging(1, 3, ([hour, minute, second], { settings }) => {
  const [h, m, s] = [countIn(hour, 0), countIn(minute, 0), countIn(second, 0)];
  const inRange = h >= 0 && h < 24 && m >= 0 && m < 60 && s >= 0 && s < 60;
  return inRange ? formatted((h * 3600 + m * 60 + s) / 86_400, settings.timeFormat, settings) : null;
});

function rulesFrom(args: readonly Value[], settings: Settings): WeekRules {
  const [firstWeekDay, broken, referenceDay] = args;
  return {
    firstWeekDay: countIn(firstWeekDay, settings.firstWeekDay),
    brokenWeeks: countIn(broken, Number(settings.brokenWeeks)) !== 0,
    referenceDay: countIn(referenceDay, settings.referenceDay),
  };
}

function weekPart(part: "week" | "year"): ScriptFunction {
  return ranging(1, 4, ([value, ...rules], { settings }) => {
    const number = momentIn(value, settings);
    return number === undefined ? null : (weekOf(number, rulesFrom(rules, settings))?.[part] ?? null);
  });
}

const makeWeekDate: ScriptFunction = ranging(1, 3, ([year, week, weekday], { settings }) => {
  const reference = dayNumber(countIn(year, 0), 1, settings.referenceDay);
  if (reference === undefined) return null;
  const { start } = weekAround(reference, countIn(week, 1) - 1, settings.firstWeekDay);
  return formatted(start + countIn(weekday, 0), settings.dateFormat, settings);
});

const weekDay: ScriptFunction = ranging(1, 2, ([value, first], { settings }) => {
  const number = momentIn(value, settings);
  const moment = number === undefined ? undefined : momentOf(number);
  if (moment === undefined) return null;
  const nominal = (((moment.weekday - countIn(first, settings.firstWeekDay)) % 7) + 7) % 7;
  return dual(nominal, settings.names.WWW[moment.weekday] ?? String(nominal));
});

const lastDays = 28;

/** The same day so many months on, at most the month's last; by mode 1 late days keep their distance to the month's end. */
function monthsLater(number: number, months: number, fromEnd: boolean): number {
  const day = Math.floor(number);
  const index = monthIndex(day) ?? Number.NaN;
  const [start, target] = [firstOfMonth(index), firstOfMonth(index + months)];
  const [length, targetLength] = [firstOfMonth(index + 1) - start, firstOfMonth(index + months + 1) - target];
  const offset = day - start;
  const kept =
    fromEnd && offset + 1 >= lastDays ? targetLength - (length - offset) : Math.min(offset, targetLength - 1);
  return target + kept + (number - day);
}

function later(monthsEach: number): ScriptFunction {
  return ranging(2, 3, ([value, count, mode], { settings }) => {
    const number = momentIn(value, settings);
    if (number === undefined) return null;
    const moved = monthsLater(number, countIn(count, 0) * monthsEach, countIn(mode, 0) === 1);
    return formatted(moved, settings.dateFormat, settings);
  });
}

const setDateYear: ScriptFunction = fixed(2, ([value, year], { settings }) => {
  const number = momentIn(value, settings);
  const moment = number === undefined ? undefined : momentOf(number);
  if (number === undefined || moment === undefined) return null;
  const moved = monthsLater(number, (countIn(year, moment.year) - moment.year) * 12, false);
  return formatted(moved, moved === Math.floor(moved) ? settings.dateFormat : settings.timestampFormat, settings);
});

/** Completed years. */
const age: ScriptFunction = fixed(2, ([value, birth], { settings }) => {
  const [number, born] = [momentIn(value, settings), momentIn(birth, settings)];
  if (number === undefined || born === undefined) return null;
  const months = (monthIndex(number) ?? Number.NaN) - (monthIndex(born) ?? Number.NaN);
  const years = Math.floor(months / 12);
  return monthsLater(Math.floor(born), years * 12, false) > number ? years - 1 : years;
});

export const dateFunctions: ScriptFunctions = {
  year: partOf(({ year }) => year),
  month: partOf(({ month }, { names }) => dual(month, names.MMM[month - 1] ?? String(month))),
  day: partOf(({ day }) => day),
  hour: partOf(({ hour }) => hour),
  minute: partOf(({ minute }) => minute),
  second: partOf(({ second }) => second),
  week: weekPart("week"),
  weekyear: weekPart("year"),
  weekday: weekDay,
  makedate: makeDate,
  maketime: makeTime,
  makeweekdate: makeWeekDate,
  addmonths: later(1),
  addyears: later(12),
  setdateyear: setDateYear,
  age,
  now: ranging(0, 1, (_, { settings }) => formatted(settings.now, settings.timestampFormat, settings)),
  utc: fixed(0, (_, { settings }) => formatted(settings.now, settings.timestampFormat, settings)),
  gmt: fixed(0, (_, { settings }) => formatted(settings.now, settings.timestampFormat, settings)),
  reloadtime: fixed(0, (_, { settings }) => formatted(settings.now, settings.timestampFormat, settings)),
  today: ranging(0, 1, (_, { settings }) => formatted(Math.floor(settings.now), settings.dateFormat, settings)),
};
