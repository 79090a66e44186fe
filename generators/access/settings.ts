/** What can be set about worlds of section access: every knob with its default, and settings from JSON. */
import { ConformanceError, type Place } from "../../contract/errors.ts";
import { aboutFactor, factorNames, factorValues, isFeasible, type Domains, type Factor } from "./factors.ts";

export interface NumberKnob {
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
  readonly about: string;
}

/** Sizes are whole numbers, chances lie between 0 and 1. */
type SizeName = "leastPeople" | "mostPeople" | "mostRows" | "mostValues" | "mostRowsEach" | "mostStrays" | "mostTwists";

type ChanceName =
  | "named"
  | "missed"
  | "absent"
  | "absentColumn"
  | "nothingListed"
  | "starred"
  | "stranger"
  | "raised"
  | "flawed";

export const sizes: { readonly [name in SizeName]: NumberKnob } = {
  leastPeople: { fallback: 2, least: 1, most: 20, about: "fewest people who ask" },
  mostPeople: { fallback: 5, least: 1, most: 20, about: "most people who ask; look-alikes need two" },
  mostRows: { fallback: 7, least: 3, most: 10_000, about: "most rows of an app table, before equal rows" },
  mostValues: { fallback: 4, least: 2, most: 4, about: "most different values of a key" },
  mostRowsEach: { fallback: 3, least: 2, most: 100, about: "most rows of a name, where names have several" },
  mostStrays: { fallback: 2, least: 0, most: 10, about: "most names in the tables that nobody who asks bears" },
  mostTwists: { fallback: 2, least: 1, most: 10, about: "most disputed or malformed things of a hostile world" },
};

export const chances: { readonly [name in ChanceName]: NumberKnob } = {
  named: { fallback: 0.8, least: 0, most: 1, about: "that someone who asks, or a group of his, is named" },
  missed: { fallback: 0.1, least: 0, most: 1, about: "that a name of USER has values alone that the data lack" },
  absent: { fallback: 0.25, least: 0, most: 1, about: "that a further row of a name has a value the data lack" },
  absentColumn: { fallback: 0.2, least: 0, most: 1, about: "that a column of an ADMIN lists only what the data lack" },
  nothingListed: { fallback: 0.06, least: 0, most: 1, about: "that all columns list only what the data lack" },
  starred: { fallback: 0.25, least: 0, most: 1, about: "that a cell of values is `*`, where such there are" },
  stranger: { fallback: 0.08, least: 0, most: 1, about: "that there is a column the app has no field for" },
  raised: { fallback: 0.3, least: 0, most: 1, about: "that inline tables write names in upper case" },
  flawed: { fallback: 0.25, least: 0, most: 1, about: "that a cell is NULL, a key dangles, where such there are" },
};

export type Mode = "valid" | "hostile";

export const modes: readonly Mode[] = ["valid", "hostile"];

/** What a hostile world may be twisted by; `hostile.ts` says what each is. The last is refused by every reading. */
export const twistNames = [
  "blank value",
  "blank identity",
  "two names",
  "mixed levels",
  "no level",
  "lower case",
  "mixed case data",
  "mixed case field",
  "stars alone",
  "star in two tables",
  "pattern",
  "never together",
  "blank in data",
  "short row",
  "repeated rows",
  "no rows",
  "no ACCESS",
  "USER ID",
  "foreign serial",
  "bare user",
  "session groups",
  "USERID in data",
  "list in OMIT",
  "pattern in OMIT",
  "key omitted",
  "mixed case OMIT",
  "ring",
] as const;

export type TwistName = (typeof twistNames)[number];

type Numbers = { readonly [name in SizeName | ChanceName]: number };

/** All that can be set: the mode, the values each factor may take, sizes and chances. */
export type AccessSettings = { readonly mode: Mode; readonly twists: readonly TwistName[] } & Domains & Numbers;

const numbers: { readonly [name: string]: NumberKnob } = { ...sizes, ...chances };

export const defaultSettings: AccessSettings = {
  mode: "valid",
  twists: twistNames.filter((name) => name !== "ring"),
  ...factorValues,
  ...(Object.fromEntries(Object.entries(numbers).map(([name, { fallback }]) => [name, fallback])) as Numbers),
};

export interface Knob {
  readonly name: string;
  readonly fallback: AccessSettings[keyof AccessSettings];
  /** What may be written, for people. */
  readonly takes: string;
  readonly about: string;
}

const aboutMode =
  "`valid`: nothing whose reading is disputed; `hostile`: disputed and malformed things, each defined under a dialect or refused with an error";

/** Every knob, in the order of the reference page. */
export const knobs: readonly Knob[] = [
  { name: "mode", fallback: "valid", takes: "`valid` or `hostile`", about: aboutMode },
  {
    name: "twists",
    fallback: defaultSettings.twists,
    takes: `a list of ${twistNames.map((name) => `\`${name}\``).join(", ")}`,
    about: "what hostile worlds are twisted by; all but `ring`, which every reading refuses",
  },
  ...factorNames.map((name) => ({
    name,
    fallback: defaultSettings[name],
    takes: `a list of ${factorValues[name].map((value) => `\`${value}\``).join(", ")}`,
    about: aboutFactor[name],
  })),
  ...Object.entries(sizes).map(([name, { fallback, least, most, about }]) => ({
    name,
    fallback,
    takes: `a whole number from ${least} to ${most}`,
    about,
  })),
  ...Object.entries(chances).map(([name, { fallback, about }]) => ({
    name,
    fallback,
    takes: "a number from 0 to 1",
    about: `chance ${about}`,
  })),
];

/** Where a knob stands in the text it was read from; with no knob, the text itself. */
type Locate = (knob?: string) => Place;

function wrong(name: string, found: unknown, expected: string, locate: Locate): ConformanceError {
  return new ConformanceError("input", `${name} is ${JSON.stringify(found)}`, {
    ...locate(name),
    expected,
    remedy: "see docs/reference/generators.md",
  });
}

function isFactor(name: string): name is Factor {
  return Object.hasOwn(factorValues, name);
}

function isList(value: unknown, of: readonly string[]): boolean {
  return (
    Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string" && of.includes(item))
  );
}

function isFitting(name: string, value: unknown): boolean {
  if (name === "mode") return modes.some((mode) => mode === value);
  if (name === "twists") return isList(value, twistNames);
  if (isFactor(name)) return isList(value, factorValues[name]);
  const knob = numbers[name];
  if (knob === undefined || typeof value !== "number") return false;
  return value >= knob.least && value <= knob.most && (Object.hasOwn(chances, name) || Number.isInteger(value));
}

/** Settings that contradict each other. */
function refuseContradiction(settings: AccessSettings, locate: Locate): void {
  if (settings.leastPeople > settings.mostPeople)
    throw wrong("leastPeople", settings.leastPeople, `at most mostPeople, which is ${settings.mostPeople}`, locate);
  if (settings.mostPeople < 2 && settings.people.some((look) => look !== "plain" && look !== "case"))
    throw wrong("mostPeople", settings.mostPeople, "2 or more, or people that are `plain` or `case` alone", locate);
  if (!isFeasible({}, settings))
    throw new ConformanceError("input", "no world has the features asked for", {
      ...locate(),
      expected: "lists of values that can meet",
      remedy: "allow more values; which never meet stands in docs/reference/generators.md",
    });
}

/** Whole settings from some of them. Throws `input` for a knob there is not, and for a value it does not take. */
export function settingsFrom(given: unknown, locate: Locate = () => ({})): AccessSettings {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw wrong("the settings", given, "a JSON object of knobs", () => locate());
  for (const [name, value] of Object.entries(given)) {
    const knob = knobs.find((known) => known.name === name);
    if (knob === undefined) {
      throw new ConformanceError("input", `there is no knob ${JSON.stringify(name)}`, {
        ...locate(name),
        expected: `one of ${knobs.map((known) => known.name).join(", ")}`,
        remedy: "see docs/reference/generators.md",
      });
    }
    if (!isFitting(name, value)) throw wrong(name, value, knob.takes, locate);
  }
  const settings: AccessSettings = { ...defaultSettings, ...given };
  refuseContradiction(settings, locate);
  return settings;
}
