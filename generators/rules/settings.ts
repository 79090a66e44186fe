/** What can be set about worlds of rules: every knob with its default, and settings from JSON. */
import { aboutFactor, factorNames, factorValues, space, type Domains } from "./factors.ts";
import {
  chanceKnob,
  choiceKnob,
  givenKnobs,
  listKnob,
  nothingLeft,
  sizeKnob,
  switchKnob,
  wrongKnob,
  type Knob,
  type Locate,
  type NumberKnob,
} from "../knobs.ts";

export interface SwitchKnob {
  readonly fallback: boolean;
  readonly about: string;
}

type SizeName =
  | "leastRules"
  | "mostRules"
  | "questions"
  | "mostTerms"
  | "mostGroups"
  | "mostStreams"
  | "mostApps"
  | "mostObjects"
  | "mostConnections"
  | "mostTasks"
  | "mostTwists";

type ChanceName =
  | "aimed"
  | "wouldBe"
  | "visitor"
  | "capitals"
  | "disabled"
  | "otherCategory"
  | "shipped"
  | "blank"
  | "broken"
  | "oneSided"
  | "nested"
  | "short";

type SwitchName = "disputed" | "negation" | "privileges" | "negatedPrivileges";

export const sizes: { readonly [name in SizeName]: NumberKnob } = {
  leastRules: { fallback: 1, least: 1, most: 200, about: "fewest rules" },
  mostRules: { fallback: 8, least: 1, most: 200, about: "most rules" },
  questions: { fallback: 8, least: 1, most: 100, about: "questions put to a site" },
  mostTerms: { fallback: 4, least: 1, most: 50, about: "most terms in a row of a condition" },
  mostGroups: { fallback: 3, least: 0, most: 6, about: "most groups drawn for a user" },
  mostStreams: { fallback: 2, least: 1, most: 50, about: "most streams drawn; the atom made to order may need more" },
  mostApps: { fallback: 2, least: 1, most: 50, about: "most apps drawn" },
  mostObjects: { fallback: 2, least: 0, most: 50, about: "most app objects drawn" },
  mostConnections: { fallback: 2, least: 0, most: 50, about: "most data connections drawn" },
  mostTasks: { fallback: 2, least: 0, most: 50, about: "most reload tasks drawn" },
  mostTwists: { fallback: 2, least: 1, most: 10, about: "most malformed things of a hostile world" },
};

export const chances: { readonly [name in ChanceName]: NumberKnob } = {
  aimed: { fallback: 0.75, least: 0, most: 1, about: "that a question is about what some rule covers" },
  wouldBe: { fallback: 0.25, least: 0, most: 1, about: "that a question is about a resource to be created" },
  visitor: { fallback: 0.1, least: 0, most: 1, about: "that an anonymous visitor asks" },
  capitals: { fallback: 0.1, least: 0, most: 1, about: "that who asks is spelt in capitals" },
  disabled: { fallback: 0.1, least: 0, most: 1, about: "that a rule is disabled" },
  otherCategory: { fallback: 0.05, least: 0, most: 1, about: "that a rule is one of licences" },
  shipped: { fallback: 0.15, least: 0, most: 1, about: "that a rule is one that stands on many sites" },
  blank: { fallback: 0.06, least: 0, most: 1, about: "that a condition is blank" },
  broken: { fallback: 0.025, least: 0, most: 1, about: "that a condition cannot be read" },
  oneSided: {
    fallback: 0.06,
    least: 0,
    most: 1,
    about: "that an atom asks for what the types of its rule do not offer",
  },
  nested: { fallback: 0.3, least: 0, most: 1, about: "that a group of the directory is a member of another" },
  short: { fallback: 0.3, least: 0, most: 1, about: "that somebody is like another but for one group" },
};

export const switches: { readonly [name in SwitchName]: SwitchKnob } = {
  disputed: {
    fallback: false,
    about:
      "also what sources read differently: `!=` on lists and missing values, letter case in `matches`, `?` in `like`",
  },
  negation: { fallback: true, about: "`!`, `!=`, `!==` and `Empty`, which let fewer values grant more" },
  privileges: { fallback: true, about: "`HasPrivilege`" },
  negatedPrivileges: { fallback: true, about: "`HasPrivilege` under `!`" },
};

export type Mode = "valid" | "hostile";

export const modes: readonly [Mode, ...Mode[]] = ["valid", "hostile"];

/** What a hostile world may hold; `hostile.ts` says what each is. */
export const twistNames = [
  "broken condition",
  "unknown type",
  "unknown function",
  "huge condition",
  "deep parentheses",
  "odd letters",
  "catastrophic pattern",
  "pattern beyond the language",
  "mask beyond 8191",
  "no actions",
  "filter with blanks",
  "broken filter",
  "cyclic privilege",
  "negated cycle",
  "unknown action",
  "repeated rule",
  "dangling reference",
  "odd row",
] as const;

export type TwistName = (typeof twistNames)[number];

type Numbers = { readonly [name in SizeName | ChanceName]: number };
type Switches = { readonly [name in SwitchName]: boolean };

/** All that can be set: the mode, the values each factor may take, sizes, chances and switches. */
export type RuleSettings = { readonly mode: Mode; readonly twists: readonly TwistName[] } & Domains &
  Numbers &
  Switches;

const numbers: { readonly [name: string]: NumberKnob } = { ...sizes, ...chances };

function fallbacks<Value>(of: { readonly [name: string]: { readonly fallback: Value } }): { [name: string]: Value } {
  return Object.fromEntries(Object.entries(of).map(([name, { fallback }]) => [name, fallback]));
}

export const defaultSettings: RuleSettings = {
  mode: "valid",
  twists: twistNames,
  ...factorValues,
  ...(fallbacks(numbers) as Numbers),
  ...(fallbacks(switches) as Switches),
};

const aboutMode =
  "`valid`: nothing malformed; `hostile`: rule sets as broken exports hold them, each granting nothing or read as it stands";

/** Every knob, in the order of the reference page. */
export const knobs: readonly Knob[] = [
  choiceKnob("mode", modes, aboutMode),
  listKnob("twists", twistNames, { about: "what hostile worlds hold" }),
  ...factorNames.map((name) =>
    listKnob(name, factorValues[name], { about: `of the atom made to order: ${aboutFactor[name]}` }),
  ),
  ...Object.entries(sizes).map(([name, knob]) => sizeKnob(name, knob)),
  ...Object.entries(chances).map(([name, knob]) => chanceKnob(name, knob)),
  ...Object.entries(switches).map(([name, { fallback, about }]) =>
    switchKnob(name, fallback, `whether conditions hold ${about}`),
  ),
];

function narrowed(settings: RuleSettings): Domains {
  const { negation, privileges } = settings;
  const operator = settings.operator.filter(
    (name) => (privileges || name !== "HasPrivilege") && (negation || !["!=", "!==", "Empty"].includes(name)),
  );
  const domains = Object.fromEntries(factorNames.map((name) => [name, settings[name]])) as unknown as Domains;
  return { ...domains, operator, under: negation ? domains.under : domains.under.filter((name) => name === "plain") };
}

const domains = new WeakMap<RuleSettings, Domains>();

/** What the switches leave of the factors' values; the same object for the same settings. */
export function domainsOf(settings: RuleSettings): Domains {
  const made = domains.get(settings) ?? narrowed(settings);
  domains.set(settings, made);
  return made;
}

/** Settings that contradict each other. */
function refuseContradiction(settings: RuleSettings, locate: Locate): void {
  const { leastRules, mostRules } = settings;
  if (leastRules > mostRules)
    throw wrongKnob("leastRules", leastRules, `at most mostRules, which is ${mostRules}`, locate("leastRules"));
  if (!space.isFeasible({}, domainsOf(settings))) throw nothingLeft("no atom has the features asked for", locate());
}

/** Whole settings from some of them. Throws `input` for a knob there is not, and for a value it does not take. */
export function settingsFrom(given: unknown, locate: Locate = () => ({})): RuleSettings {
  const settings: RuleSettings = { ...defaultSettings, ...givenKnobs(given, { knobs, of: "rules" }, locate) };
  refuseContradiction(settings, locate);
  return settings;
}
