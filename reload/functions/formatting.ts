/** Formatting functions, which give numbers a text, and interpretation functions, which read a text as a number. */
import type { Value } from "../../contract/types.ts";
import { formatReader } from "../formats.ts";
import type { ReadNumber } from "../formats.ts";
import { moneyReader, numberReader } from "../interpretation.ts";
import { printNumber, sectionOf, type Separators } from "../number-formats.ts";
import { printInterval } from "../print-formats.ts";
import { remembering } from "../remember.ts";
import type { Settings } from "../settings.ts";
import { dual, numberOf, ownNumber, stripBlanks, textOf } from "../values.ts";
import { formatted } from "./dates.ts";
import { fixed, momentIn, ranging } from "./signature.ts";
import type { ScriptFunction, ScriptFunctions } from "./signature.ts";

type FormatName = "dateFormat" | "timeFormat" | "timestampFormat";

function formatFrom(value: Value | undefined, otherwise: string): string {
  return textOf(value ?? null) ?? otherwise;
}

function printsMoment(name: FormatName): ScriptFunction {
  return ranging(1, 2, ([value, format], { settings }) =>
    formatted(momentIn(value, settings), formatFrom(format, settings[name]), settings),
  );
}

const interval: ScriptFunction = ranging(1, 2, ([value, format], { settings }) => {
  const number = momentIn(value, settings);
  const text = number === undefined ? undefined : printInterval(number, formatFrom(format, settings.timeFormat));
  return number === undefined || text === undefined ? null : dual(number, text);
});

function separatorsFrom(decimal: Value | undefined, thousand: Value | undefined, otherwise: Separators): Separators {
  return { decimal: formatFrom(decimal, otherwise.decimal), thousand: formatFrom(thousand, otherwise.thousand) };
}

function printsNumber(money: boolean): ScriptFunction {
  return ranging(1, 4, ([value = null, format, decimal, thousand], { settings }) => {
    const number = numberOf(value) ?? momentIn(value, settings);
    if (number === undefined) return null;
    if (format === undefined && !money) return number;
    const marks = separatorsFrom(decimal, thousand, money ? settings.moneySeparators : settings.separators);
    return dual(number, printNumber(number, formatFrom(format, settings.moneyFormat), marks));
  });
}

/** The text with the number it is read as; a text that does not fit stays text. */
function readAs(value: Value, read: ReadNumber | undefined): Value {
  const text = textOf(value);
  if (text === undefined) return null;
  const number = read?.(stripBlanks(text));
  return number === undefined || Number.isNaN(number) ? text : dual(number, text);
}

type Readers = (format: string) => { readonly read: ReadNumber | undefined };

const readers = new WeakMap<Settings, Readers>();

/** Readers of formats, made once for the settings of a load. */
function readersOf(settings: Settings): Readers {
  const known =
    readers.get(settings) ??
    remembering((format) => ({ read: formatReader(format, settings.names, { lenient: true }) }));
  readers.set(settings, known);
  return known;
}

function readsMoment(name: FormatName): ScriptFunction {
  return ranging(1, 2, ([value = null, format], { settings }) => {
    const { read } = readersOf(settings)(formatFrom(format, settings[name]));
    const found = readAs(value, read);
    if (ownNumber(found) !== undefined || format !== undefined || name !== "timestampFormat") return found;
    return readAs(value, readIso);
  });
}

const isoForm = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?$/;

/** ISO 8601; a zone is counted back to universal time. */
function readIso(text: string): number | undefined {
  const [, day, time, zone = "Z"] = isoForm.exec(text) ?? [];
  const names = { MMM: [], MMMM: [], WWW: [], WWWW: [] };
  const moment = formatReader("YYYY-MM-DD hh:mm[:ss[.fff]]", names)?.(`${day} ${time}`);
  if (moment === undefined || zone === "Z") return moment;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  const offset = (hours * 60 + minutes) / 1440;
  return zone.startsWith("-") ? moment + offset : moment - offset;
}

/** By code, mark of decimals and mark of thousands, a line each. */
const readerOf = remembering((key): ReadNumber => {
  const [code = "", decimal = "", thousand = ""] = key.split("\n");
  const plain = numberReader({ decimal, thousand });
  if (sectionOf(code) === undefined) return plain;
  const read = moneyReader(code, { decimal, thousand });
  return (text) => read(text) ?? plain(text);
});

function readsNumber(money: boolean): ScriptFunction {
  return ranging(1, 4, ([value = null, format, decimal, thousand], { settings }) => {
    const marks = separatorsFrom(decimal, thousand, money ? settings.moneySeparators : settings.separators);
    const code = format === undefined && !money ? "#" : formatFrom(format, settings.moneyFormat);
    return readAs(value, readerOf([code, marks.decimal, marks.thousand].join("\n")));
  });
}

const intervalParts: { readonly [letter: string]: number } = { d: 1, h: 24, m: 1440, s: 86_400 };

/** Sums the parts an interval names; any count of hours, minutes or seconds may stand in one. */
function intervalReader(format: string): ReadNumber {
  const letters: string[] = [];
  const pattern = format
    .replaceAll(/[\\^$.*+?(){}|/]/g, String.raw`\$&`)
    .replaceAll("[", "(?:")
    .replaceAll("]", ")?")
    .replaceAll(/d+|h+|m+|s+|f+/gi, (code) => {
      letters.push(code.charAt(0).toLowerCase());
      return String.raw`(\d+)`;
    });
  const form = new RegExp(`^(-?)${pattern}$`, "u");
  return (text) => {
    const [found, sign, ...pieces] = form.exec(text) ?? [];
    if (found === undefined) return undefined;
    const parts = letters.map((letter, at) => {
      const piece = pieces[at] ?? "0";
      return letter === "f" ? Number(`0.${piece}`) / 86_400 : Number(piece) / (intervalParts[letter] ?? 1);
    });
    const sum = parts.reduce((total, part) => total + part, 0);
    return sign === "-" ? -sum : sum;
  };
}

const readsInterval: ScriptFunction = ranging(1, 2, ([value = null, format], { settings }) =>
  readAs(value, intervalReader(formatFrom(format, settings.timeFormat))),
);

const makeDual: ScriptFunction = fixed(2, ([text = null, number = null], { settings }) => {
  const [ownText, own] = [textOf(text), momentIn(number, settings)];
  return own === undefined || ownText === undefined ? null : dual(own, ownText);
});

export const formattingFunctions: ScriptFunctions = {
  dual: makeDual,
  num: printsNumber(false),
  money: printsNumber(true),
  date: printsMoment("dateFormat"),
  time: printsMoment("timeFormat"),
  timestamp: printsMoment("timestampFormat"),
  interval,
  "num#": readsNumber(false),
  "money#": readsNumber(true),
  "date#": readsMoment("dateFormat"),
  "time#": readsMoment("timeFormat"),
  "timestamp#": readsMoment("timestampFormat"),
  "interval#": readsInterval,
};
