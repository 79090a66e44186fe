/** Working days, Monday to Friday without holidays. */
import type { Value } from "../../contract/types.ts";
import type { Settings } from "../settings.ts";
import { countIn, formatted } from "./dates.ts";
import { manyArguments, momentIn, ranging } from "./signature.ts";
import type { CallContext, ScriptFunction, ScriptFunctions } from "./signature.ts";

/** Longer spans are refused rather than counted day by day. */
const mostDays = 400_000;

/** Whether a day is worked; holidays are given as first and last day in turn. */
function workTest(holidays: readonly Value[], settings: Settings): (day: number) => boolean {
  const bounds = holidays.map((value) => Math.floor(momentIn(value, settings) ?? Number.NaN));
  const stretches = bounds.flatMap((from, at) => (at % 2 === 0 ? [{ from, to: bounds[at + 1] ?? from }] : []));
  return (day) => {
    // Days 0 and 1 were a Saturday and a Sunday.
    const weekday = ((day % 7) + 7) % 7;
    return weekday > 1 && !stretches.some(({ from, to }) => day >= from && day <= to);
  };
}

function checkSpan(days: number, { fail }: CallContext): void {
  if (Math.abs(days) <= mostDays) return;
  throw fail(`there are ${Math.abs(days)} days to look at`, `keep the span below ${mostDays} days`);
}

const networkDays: ScriptFunction = ranging(2, manyArguments, ([from, to, ...holidays], context) => {
  const [first, last] = [momentIn(from, context.settings), momentIn(to, context.settings)];
  if (first === undefined || last === undefined) return null;
  checkSpan(last - first, context);
  const works = workTest(holidays, context.settings);
  let count = 0;
  for (let day = Math.floor(first); day <= Math.floor(last); day += 1) count += Number(works(day));
  return count;
});

/** The day on which the last of so many working days falls, counted in one direction. */
function workDate(step: 1 | -1): ScriptFunction {
  return ranging(2, manyArguments, ([value, count, ...holidays], context) => {
    const { settings } = context;
    const from = momentIn(value, settings);
    const days = countIn(count, 0);
    if (from === undefined || !(days > 0)) return null;
    checkSpan(days, context);
    const works = workTest(holidays, settings);
    let day = Math.floor(from);
    let left = days - Number(works(day));
    for (let tried = 0; left > 0 && tried < 2 * mostDays; tried += 1) {
      day += step;
      left -= Number(works(day));
    }
    return formatted(day, settings.dateFormat, settings);
  });
}

export const workDayFunctions: ScriptFunctions = {
  networkdays: networkDays,
  firstworkdate: workDate(-1),
  lastworkdate: workDate(1),
};
