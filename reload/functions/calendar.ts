/** Days, months, quarters, years and weeks as stretches of serial numbers. */
import { dayNumber } from "../formats.ts";
import { momentOf } from "../print-formats.ts";
import type { Settings } from "../settings.ts";

/** From its first moment up to the first moment after it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The last moment of a stretch, a millisecond before the next begins. */
export function lastMoment({ end }: Stretch): number {
  return end - 1 / 86_400_000;
}

/** Months since the year 0; undefined beyond the calendar. */
export function monthIndex(number: number): number | undefined {
  const moment = momentOf(number);
  return moment && moment.year * 12 + moment.month - 1;
}

/** First day of the month with the index. */
export function firstOfMonth(index: number): number {
  return dayNumber(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1, 1) ?? Number.NaN;
}

/** The stretch of so many months, counted from the first month of the year, the number lies in. */
export function monthsAround(number: number, months: number, shift: number, firstMonth: number): Stretch {
  const index = monthIndex(number) ?? Number.NaN;
  const offset = firstMonth - 1;
  const start = Math.floor((index - offset) / months) * months + offset + shift * months;
  return { start: firstOfMonth(start), end: firstOfMonth(start + months) };
}

/** The week the number lies in, by the weekday it begins with (0 is Monday). */
export function weekAround(number: number, shift: number, firstWeekDay: number): Stretch {
  const day = Math.floor(number);
  // Day 0 was a Saturday: 2 is a Monday.
  const since = (((day - 2 - firstWeekDay) % 7) + 7) % 7;
  const start = day - since + shift * 7;
  return { start, end: start + 7 };
}

/** The day, which may begin some part of a day after midnight. */
export function dayAround(number: number, shift: number, dayStart: number): Stretch {
  const start = Math.floor(number - dayStart) + dayStart + shift;
  return { start, end: start + 1 };
}

export type WeekRules = Pick<Settings, "firstWeekDay" | "brokenWeeks" | "referenceDay">;

/** Year and number of the week: week 1 is the one with the reference day of January, unless weeks break at the year's end. */
export function weekOf(number: number, rules: WeekRules): { readonly year: number; readonly week: number } | undefined {
  const moment = momentOf(number);
  if (moment === undefined) return undefined;
  const { start } = weekAround(number, 0, rules.firstWeekDay);
  const firstWeek = (year: number): number => {
    const day = rules.brokenWeeks ? 1 : rules.referenceDay;
    return weekAround(dayNumber(year, 1, day) ?? Number.NaN, 0, rules.firstWeekDay).start;
  };
  const weeks = (year: number): number => Math.round((start - firstWeek(year)) / 7) + 1;
  if (rules.brokenWeeks) return { year: moment.year, week: weeks(moment.year) };
  const year = [moment.year + 1, moment.year].find((each) => start >= firstWeek(each)) ?? moment.year - 1;
  return { year, week: weeks(year) };
}
