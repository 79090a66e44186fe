/** Beginnings, ends and names of days, weeks, months, quarters and years, and whether a moment lies in one. */
import type { Value } from "../../contract/types.ts";
import type { Settings } from "../settings.ts";
import { momentOf } from "../print-formats.ts";
import { dual, numberOf } from "../values.ts";
import { dayAround, lastMoment, monthsAround, weekAround, weekOf } from "./calendar.ts";
import type { Stretch } from "./calendar.ts";
import { countIn, formatted } from "./dates.ts";
import { momentIn, ranging, truth } from "./signature.ts";
import type { ScriptFunction, ScriptFunctions } from "./signature.ts";

/** Finds the stretch around a number; `option` is the last argument: first month, first weekday or start of the day. */
type Around = (number: number, shift: number, option: Value | undefined, settings: Settings) => Stretch;

const day: Around = (number, shift, option) => dayAround(number, shift, numberOf(option ?? 0) ?? Number.NaN);
const week: Around = (number, shift, option, settings) =>
  weekAround(number, shift, countIn(option, settings.firstWeekDay));

function months(count: number): Around {
  return (number, shift, option) => monthsAround(number, count, shift, countIn(option, 1));
}

type Show = (stretch: Stretch, settings: Settings, number: number, option: Value | undefined) => Value;

function valueAt(around: Around, show: Show): ScriptFunction {
  return ranging(1, 3, ([value, shift, option], { settings }) => {
    const number = momentIn(value, settings);
    if (number === undefined) return null;
    return show(around(number, countIn(shift, 0), option, settings), settings, number, option);
  });
}

type FormatName = "dateFormat" | "timestampFormat";

function startOf(around: Around, format: FormatName = "dateFormat"): ScriptFunction {
  return valueAt(around, ({ start }, settings) => formatted(start, settings[format], settings));
}

function endOf(around: Around, format: FormatName = "dateFormat"): ScriptFunction {
  return valueAt(around, (stretch, settings) => formatted(lastMoment(stretch), settings[format], settings));
}

/** `Oct 2013`, `Oct-Dec 2013`: the year is that of the last month. */
const monthsText: Show = ({ start, end }, { names }) => {
  const [first, last] = [momentOf(start), momentOf(end - 1)];
  if (first === undefined || last === undefined) return null;
  const name = (month: number): string => names.MMM[month - 1] ?? String(month);
  const range = first.month === last.month ? name(first.month) : `${name(first.month)}-${name(last.month)}`;
  return dual(start, `${range} ${last.year}`);
};

const yearText: Show = ({ start, end }) => {
  const [first, last] = [momentOf(start), momentOf(end - 1)];
  if (first === undefined || last === undefined) return null;
  return dual(start, first.year === last.year ? String(first.year) : `${first.year}-${last.year}`);
};

const weekText: Show = ({ start }, settings, _, option) => {
  const found = weekOf(start, { ...settings, firstWeekDay: countIn(option, settings.firstWeekDay) });
  return found === undefined ? null : dual(start, `${found.year}/${String(found.week).padStart(2, "0")}`);
};

const dayText: Show = ({ start }, settings) => formatted(start, settings.dateFormat, settings);

/** Whether a moment lies in the stretch around a base. */
function within(around: Around): ScriptFunction {
  return ranging(3, 4, ([value, base, shift, option], { settings }) => {
    const [number, center] = [momentIn(value, settings), momentIn(base, settings)];
    if (number === undefined || center === undefined) return null;
    const { start, end } = around(center, countIn(shift, 0), option, settings);
    return truth(number >= start && number < end);
  });
}

interface Question {
  readonly number: number;
  readonly base: number;
  readonly shift: number;
  readonly option: Value | undefined;
  readonly settings: Settings;
}

/** The base moved along with its stretch: as far from the start of the other one, and its day counts whole. */
function liesToDate(around: Around, { number, base, shift, option, settings }: Question): Value {
  const own = around(base, 0, option, settings);
  const { start, end } = around(base, shift, option, settings);
  const last = Math.min(end, start + (Math.floor(base) + 1 - own.start));
  return truth(number >= start && number < last);
}

function withinToDate(around: Around): ScriptFunction {
  return ranging(3, 4, ([value, center, shift, option], { settings }) => {
    const [number, base] = [momentIn(value, settings), momentIn(center, settings)];
    if (number === undefined || base === undefined) return null;
    return liesToDate(around, { number, base, shift: countIn(shift, 0), option, settings });
  });
}

const quarter = months(3);
const year = months(12);

function dayNumberIn(around: Around): ScriptFunction {
  return ranging(1, 2, ([value, firstMonth], { settings }) => {
    const number = momentIn(value, settings);
    if (number === undefined) return null;
    const { start } = around(number, 0, firstMonth, settings);
    return Number.isNaN(start) ? null : leapDays(start, Math.floor(number));
  });
}

/** Days from the start, counted as if every year had 366: after a short February one is added. */
function leapDays(start: number, number: number): number {
  let missing = 0;
  for (let at = monthsAround(start, 1, 0, 1); at.start <= number; at = monthsAround(at.end, 1, 0, 1)) {
    const short = at.end - at.start === 28 && momentOf(at.start)?.month === 2;
    if (short && number >= at.end) missing += 1;
  }
  return number - start + 1 + missing;
}

/** Functions that are told how many months a stretch has, before their other arguments. */
function withMonths(make: (around: Around) => ScriptFunction): ScriptFunction {
  const { least, most } = make(year);
  return ranging(least + 1, most + 1, ([count, ...args], context) => {
    const size = countIn(count, 1);
    return [1, 2, 3, 4, 6].includes(size) ? make(months(size)).apply(args, context) : null;
  });
}

const yearToDate: ScriptFunction = ranging(1, 4, ([value, shift, firstMonth, today], { settings }) => {
  const number = momentIn(value, settings);
  const base = today === undefined ? Math.floor(settings.now) : momentIn(today, settings);
  if (number === undefined || base === undefined) return null;
  return liesToDate(year, { number, base, shift: countIn(shift, 0), option: firstMonth, settings });
});

export const periodFunctions: ScriptFunctions = {
  daystart: startOf(day, "timestampFormat"),
  dayend: endOf(day, "timestampFormat"),
  dayname: valueAt(day, dayText),
  weekstart: startOf(week),
  weekend: endOf(week),
  weekname: valueAt(week, weekText),
  monthstart: startOf(months(1)),
  monthend: endOf(months(1)),
  monthname: valueAt(months(1), monthsText),
  quarterstart: startOf(quarter),
  quarterend: endOf(quarter),
  quartername: valueAt(quarter, monthsText),
  yearstart: startOf(year),
  yearend: endOf(year),
  yearname: valueAt(year, yearText),
  monthsstart: withMonths((around) => startOf(around)),
  monthsend: withMonths((around) => endOf(around)),
  monthsname: withMonths((around) => valueAt(around, monthsText)),
  inday: within(day),
  indaytotime: ranging(3, 4, ([value, base, shift, option], { settings }) => {
    const [number, center] = [momentIn(value, settings), momentIn(base, settings)];
    if (number === undefined || center === undefined) return null;
    const { start } = day(center, countIn(shift, 0), option, settings);
    return truth(number >= start && number <= center + countIn(shift, 0));
  }),
  inweek: within(week),
  inweektodate: withinToDate(week),
  inmonth: within(months(1)),
  inmonthtodate: withinToDate(months(1)),
  inmonths: withMonths(within),
  inmonthstodate: withMonths(withinToDate),
  inquarter: within(quarter),
  inquartertodate: withinToDate(quarter),
  inyear: within(year),
  inyeartodate: withinToDate(year),
  yeartodate: yearToDate,
  year2date: yearToDate,
  daynumberofyear: dayNumberIn(year),
  daynumberofquarter: dayNumberIn(quarter),
};
