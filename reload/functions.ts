/** Script functions that need nothing but their arguments and the script's settings. */
import { conditionFunctions } from "./functions/conditions.ts";
import { dateFunctions } from "./functions/dates.ts";
import { formattingFunctions } from "./functions/formatting.ts";
import { machineFunctions } from "./functions/machine.ts";
import { numberFunctions } from "./functions/numbers.ts";
import { periodFunctions } from "./functions/periods.ts";
import { rangeFunctions } from "./functions/ranges.ts";
import type { ScriptFunction } from "./functions/signature.ts";
import { textFunctions } from "./functions/texts.ts";
import { workDayFunctions } from "./functions/work-days.ts";

export { isTrue, truth } from "./functions/signature.ts";

/** By lower-case name: functions ignore case (LS-LEX-02). */
export const scriptFunctions: ReadonlyMap<string, ScriptFunction> = new Map(
  Object.entries({
    ...textFunctions,
    ...numberFunctions,
    ...conditionFunctions,
    ...rangeFunctions,
    ...dateFunctions,
    ...periodFunctions,
    ...workDayFunctions,
    ...formattingFunctions,
    ...machineFunctions,
  }),
);

const hash = "key with AutoNumber(), or load the keys: how Qlik computes its hashes is not documented";
const clock = "load the moment itself: there is no clock here, and no time zones";
const outside = "load the value itself: it depends on the machine";

/** Functions known and left out, by what to do instead. */
export const functionsLeftOut: { readonly [name: string]: string } = {
  rand: "load numbers of your own: random ones differ at every load",
  evaluate: "write the expression into the script, or expand it with $( )",
  hash128: hash,
  hash160: hash,
  hash256: hash,
  localtime: clock,
  converttolocaltime: clock,
  timezone: clock,
  daylightsaving: clock,
  applycodepage: "save the file as UTF-8",
  getregistrystring: outside,
  getfolderpath: outside,
  attribute: outside,
};
