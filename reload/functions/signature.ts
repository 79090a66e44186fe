/** What a script function is, and the shapes most of them have. */
import type { Value } from "../../contract/types.ts";
import type { Settings } from "../settings.ts";
import { numberOf, numeric, ownNumber, textOf } from "../values.ts";

export interface CallContext {
  readonly settings: Settings;
  /** Error at the call, for arguments no answer is documented for. */
  readonly fail: (message: string, remedy: string) => Error;
}

export interface ScriptFunction {
  readonly least: number;
  readonly most: number;
  readonly apply: (args: readonly Value[], context: CallContext) => Value;
}

/** Functions by their lower-case names: functions ignore case (LS-LEX-02). */
export interface ScriptFunctions {
  readonly [name: string]: ScriptFunction;
}

export function truth(value: boolean): Value {
  return value ? -1 : 0;
}

export function isTrue(value: Value): boolean {
  return (numberOf(value) ?? 0) !== 0;
}

export function fixed(count: number, apply: ScriptFunction["apply"]): ScriptFunction {
  return { least: count, most: count, apply };
}

export function ranging(least: number, most: number, apply: ScriptFunction["apply"]): ScriptFunction {
  return { least, most, apply };
}

/** As many arguments as a call may have. */
export const manyArguments = 1000;

/** NULL in, NULL out; everything else as text. */
export function onText(change: (text: string) => Value): ScriptFunction {
  return fixed(1, ([value = null]) => {
    const text = textOf(value);
    return text === undefined ? null : change(text);
  });
}

/** Texts in, a value out; NULL when one of them is NULL. */
export function onTexts(count: number, change: (...texts: string[]) => Value): ScriptFunction {
  return fixed(count, (args) => {
    const texts = args.map(textOf).filter((text) => text !== undefined);
    return texts.length === args.length ? change(...texts) : null;
  });
}

/** Numbers in, a number out; NULL when one of them is none or the result is not finite. */
export function onNumbers(least: number, most: number, compute: (...numbers: number[]) => number): ScriptFunction {
  return ranging(least, most, (args) => {
    const numbers = args.map(numberOf).filter((number) => number !== undefined);
    return numbers.length === args.length ? numeric(compute(...numbers)) : null;
  });
}

/** The number of a value as a moment: its own, or what its text is read as by the script's formats (LS-VAL-02). */
export function momentIn(value: Value | undefined, settings: Settings): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") return ownNumber(value);
  return numberOf(value) ?? ownNumber(settings.interpret(value));
}
