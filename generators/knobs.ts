/** Settings of generated worlds: knobs of a few kinds, each with its default and what it takes, read from JSON. */
import { ConformanceError, type Place } from "../contract/errors.ts";

export interface NumberKnob {
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
  readonly about: string;
}

/** A setting as a person sees it. `fits` says whether a value may be written. */
export interface Knob {
  readonly name: string;
  readonly fallback: string | number | boolean | readonly string[];
  /** What may be written, for people. */
  readonly takes: string;
  readonly about: string;
  readonly fits: (value: unknown) => boolean;
}

function isListOf(value: unknown, allowed: readonly string[]): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((item) => typeof item === "string" && allowed.includes(item));
}

function isBetween(value: unknown, { least, most }: NumberKnob): boolean {
  return typeof value === "number" && value >= least && value <= most;
}

export function choiceKnob(name: string, allowed: readonly [string, ...string[]], about: string): Knob {
  const takes = allowed.map((value) => `\`${value}\``).join(" or ");
  return { name, fallback: allowed[0], takes, about, fits: (value) => allowed.some((one) => one === value) };
}

export function listKnob(
  name: string,
  allowed: readonly string[],
  { about, fallback = allowed }: { readonly about: string; readonly fallback?: readonly string[] },
): Knob {
  const takes = `a list of ${allowed.map((value) => `\`${value}\``).join(", ")}`;
  return { name, fallback, takes, about, fits: (value) => isListOf(value, allowed) };
}

export function sizeKnob(name: string, knob: NumberKnob): Knob {
  const { fallback, least, most, about } = knob;
  const fits = (value: unknown): boolean => Number.isInteger(value) && isBetween(value, knob);
  return { name, fallback, takes: `a whole number from ${least} to ${most}`, about, fits };
}

export function chanceKnob(name: string, knob: NumberKnob): Knob {
  const { fallback, about } = knob;
  return {
    name,
    fallback,
    takes: "a number from 0 to 1",
    about: `chance ${about}`,
    fits: (value) => isBetween(value, knob),
  };
}

export function switchKnob(name: string, fallback: boolean, about: string): Knob {
  return { name, fallback, takes: "`true` or `false`", about, fits: (value) => typeof value === "boolean" };
}

/** Where a knob stands in the text it was read from; with no knob, the text itself. */
export type Locate = (knob?: string) => Place;

const remedy = "see docs/reference/generators.md";

export function wrongKnob(name: string, found: unknown, expected: string, place: Place): ConformanceError {
  return new ConformanceError("input", `${name} is ${JSON.stringify(found)}`, { ...place, expected, remedy });
}

/** What is given, if every knob of it is there and takes its value. Throws `input` otherwise; `of` names the worlds. */
export function givenKnobs(
  given: unknown,
  { knobs, of }: { readonly knobs: readonly Knob[]; readonly of: string },
  locate: Locate,
): object {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw wrongKnob("the settings", given, "a JSON object of knobs", locate());
  for (const [name, value] of Object.entries(given)) {
    const knob = knobs.find((known) => known.name === name);
    if (knob === undefined) {
      throw new ConformanceError("input", `there is no knob ${JSON.stringify(name)} of ${of}`, {
        ...locate(name),
        expected: `one of ${knobs.map((known) => known.name).join(", ")}`,
        remedy,
      });
    }
    if (!knob.fits(value)) throw wrongKnob(name, value, knob.takes, locate(name));
  }
  return given;
}

/** The refusal of settings that leave nothing to make. */
export function nothingLeft(what: string, place: Place): ConformanceError {
  return new ConformanceError("input", what, {
    ...place,
    expected: "lists of values that can meet",
    remedy: "allow more values; which never meet stands in docs/reference/generators.md",
  });
}
