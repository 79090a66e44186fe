/** What a command takes, as data: parsing, help and refusals come from one table. */
import { parseArgs } from "node:util";
import { ConformanceError } from "../contract/errors.ts";

export interface Option {
  /** Placeholder of the value in help; absent: a switch. */
  readonly value?: string;
  readonly repeated?: boolean;
  readonly help: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Name of the one stray word the command takes, if any. */
  readonly operand?: string;
  readonly options: { readonly [flag: string]: Option };
  readonly examples: readonly string[];
}

export interface Given {
  readonly operand?: string;
  text(flag: string): string | undefined;
  texts(flag: string): readonly string[];
  has(flag: string): boolean;
  /** A whole number within bounds, or the default. */
  number(flag: string, fallback: number, bounds: { readonly least: number; readonly most: number }): number;
}

const common: { readonly [flag: string]: Option } = { help: { help: "show this help" } };

/** Something wrong with the words given; the remedy is the command's help. */
export function usage(command: Command, message: string, expected?: string): ConformanceError {
  return new ConformanceError("usage", message, {
    ...(expected === undefined ? {} : { expected }),
    remedy: `see qlik-conformance ${command.name} --help`,
  });
}

/** Whether a word is a flag, of this command, that is followed by its value. */
function awaitsValue(command: Command, word: string): boolean {
  const name = word.startsWith("--") ? word.slice(2) : "";
  return Object.hasOwn(command.options, name) && command.options[name]?.value !== undefined;
}

/** `--seed -1` as one word: a value may begin with a dash, but another flag is no value. Throws `usage`. */
function joined(command: Command, words: readonly string[]): string[] {
  const result: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!awaitsValue(command, word)) {
      result.push(word);
      continue;
    }
    at += 1;
    const value = words[at];
    if (value === undefined || value.startsWith("--")) {
      throw usage(command, `${word} has no value`, command.options[word.slice(2)]?.value);
    }
    result.push(`${word}=${value}`);
  }
  return result;
}

type Values = { readonly [flag: string]: string | boolean | readonly (string | boolean)[] | undefined };

interface Parsed {
  readonly values: Values;
  readonly positionals: readonly string[];
  readonly flags: readonly string[];
}

function parsed(command: Command, words: readonly string[]): Parsed {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, ...common }).map(([flag, option]) => [
      flag,
      {
        type: option.value === undefined ? ("boolean" as const) : ("string" as const),
        multiple: option.repeated === true,
      },
    ]),
  );
  const args = joined(command, words);
  try {
    const { values, positionals, tokens } = parseArgs({ args, options, allowPositionals: true, tokens: true });
    return { values, positionals, flags: tokens.flatMap((token) => (token.kind === "option" ? [token.name] : [])) };
  } catch (error) {
    const message = error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? "") : String(error);
    throw usage(command, `${message.charAt(0).toLowerCase()}${message.slice(1)}`);
  }
}

/** Of two values the last would win unseen. */
function refuseRepeated(command: Command, flags: readonly string[]): void {
  const twice = flags.find((flag, at) => flags.indexOf(flag) !== at && command.options[flag]?.repeated !== true);
  if (twice !== undefined) throw usage(command, `--${twice} stands twice`);
}

function operandOf(command: Command, positionals: readonly string[]): string | undefined {
  const most = command.operand === undefined ? 0 : 1;
  const stray = positionals[most];
  if (stray !== undefined) throw usage(command, `stray word ${JSON.stringify(stray)}`);
  return positionals[0];
}

/** The words after the command's name. Throws `usage` for unknown flags, stray words and missing values. */
export function read(command: Command, words: readonly string[]): Given {
  const { values, positionals, flags } = parsed(command, words);
  refuseRepeated(command, flags);
  const word = operandOf(command, positionals);
  const text = (flag: string): string | undefined => {
    const value = values[flag];
    if (value === "") throw usage(command, `--${flag} is empty`, command.options[flag]?.value);
    return typeof value === "string" ? value : undefined;
  };
  return {
    ...(word === undefined ? {} : { operand: word }),
    text,
    texts: (flag) => {
      const value = values[flag];
      const items = Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
      if (items.includes("")) throw usage(command, `--${flag} is empty`, command.options[flag]?.value);
      return items;
    },
    has: (flag) => values[flag] === true,
    number: (flag, fallback, { least, most }) => {
      const given = text(flag);
      if (given === undefined) return fallback;
      const number = /^\d+$/.test(given) ? Number(given) : Number.NaN;
      if (Number.isSafeInteger(number) && number >= least && number <= most) return number;
      throw usage(command, `--${flag} ${given}`, `a whole number from ${least} to ${most}`);
    },
  };
}

/** The one stray word the command needs. */
export function operand(command: Command, given: Given, message: string): string {
  if (given.operand === undefined) throw usage(command, message, command.operand);
  return given.operand;
}

/** A flag that must be there. */
export function required(command: Command, given: Given, flag: string): string {
  const value = given.text(flag);
  if (value === undefined) throw usage(command, `--${flag} is missing`, command.options[flag]?.value);
  return value;
}

/** One of a closed list. */
export function oneOf<T extends string>(command: Command, what: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw usage(command, `${what} ${JSON.stringify(value)}`, `one of ${choices.join(", ")}`);
  return found;
}

export function helpOf(command: Command): string {
  const flags = Object.entries({ ...command.options, ...common });
  const left = flags.map(([flag, option]) => `--${flag}${option.value === undefined ? "" : ` ${option.value}`}`);
  const width = Math.max(...left.map((item) => item.length));
  const word = command.operand === undefined ? "" : ` ${command.operand}`;
  return [
    `qlik-conformance ${command.name}${word} [options]`,
    "",
    command.summary,
    "",
    ...flags.map(([, option], index) => {
      const repeated = option.repeated === true ? " (may be repeated)" : "";
      return `  ${(left[index] ?? "").padEnd(width)}  ${option.help}${repeated}`;
    }),
    "",
    "Examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
  ].join("\n");
}
