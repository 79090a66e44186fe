/** What can be set about worlds of section access: every knob with its default, and settings from JSON. */
import { aboutFactor, factorNames, factorValues, isFeasible, type Domains } from "./factors.ts";
import {
  chanceKnob,
  choiceKnob,
  givenKnobs,
  listKnob,
  nothingLeft,
  sizeKnob,
  wrongKnob,
  type Knob,
  type Locate,
  type NumberKnob,
} from "../knobs.ts";

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

export const modes: readonly [Mode, ...Mode[]] = ["valid", "hostile"];

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

const aboutMode =
  "`valid`: nothing whose reading is disputed; `hostile`: disputed and malformed things, each defined under a dialect or refused with an error";

/** Every knob, in the order of the reference page. */
export const knobs: readonly Knob[] = [
  choiceKnob("mode", modes, aboutMode),
  listKnob("twists", twistNames, {
    fallback: defaultSettings.twists,
    about: "what hostile worlds are twisted by; all but `ring`, which every reading refuses",
  }),
  ...factorNames.map((name) => listKnob(name, factorValues[name], { about: aboutFactor[name] })),
  ...Object.entries(sizes).map(([name, knob]) => sizeKnob(name, knob)),
  ...Object.entries(chances).map(([name, knob]) => chanceKnob(name, knob)),
];

/** Settings that contradict each other. */
function refuseContradiction(settings: AccessSettings, locate: Locate): void {
  const { leastPeople, mostPeople, people } = settings;
  if (leastPeople > mostPeople)
    throw wrongKnob("leastPeople", leastPeople, `at most mostPeople, which is ${mostPeople}`, locate("leastPeople"));
  if (mostPeople < 2 && people.some((look) => look !== "plain" && look !== "case")) {
    const expected = "2 or more, or people that are `plain` or `case` alone";
    throw wrongKnob("mostPeople", mostPeople, expected, locate("mostPeople"));
  }
  if (!isFeasible({}, settings)) throw nothingLeft("no world has the features asked for", locate());
}

/** Whole settings from some of them. Throws `input` for a knob there is not, and for a value it does not take. */
export function settingsFrom(given: unknown, locate: Locate = () => ({})): AccessSettings {
  const settings: AccessSettings = {
    ...defaultSettings,
    ...givenKnobs(given, { knobs, of: "section access" }, locate),
  };
  refuseContradiction(settings, locate);
  return settings;
}
