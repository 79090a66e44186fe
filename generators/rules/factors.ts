/**
 * What the atoms of conditions are varied by: operators, kinds of operands, how many values stand on each side and how
 * alike they are; and what never meets, each with its reason. Steering makes one atom of each world to order.
 */
import { FactorSpace, type Never, type RowOf } from "../factor-space.ts";

const operands = [
  "text",
  "user",
  "user name",
  "user property",
  "roles",
  "session",
  "user custom",
  "resource property",
  "resource custom",
  "one step",
  "two steps",
  "three steps",
  "owner",
  "owner property",
  "unknown",
] as const;

const comparators = ["=", "==", "!=", "!==", "like", "matches"] as const;
const functions = ["Empty", "IsAnonymous", "IsOwned", "HasPrivilege"] as const;

interface FactorLists {
  readonly operator: readonly ((typeof comparators)[number] | (typeof functions)[number])[];
  readonly left: readonly ((typeof operands)[number] | "resource" | "related")[];
  readonly right: readonly ((typeof operands)[number] | "none")[];
  readonly leftCount: readonly ("missing" | "empty" | "one" | "several")[];
  readonly rightCount: readonly ("missing" | "empty" | "one" | "several" | "none")[];
  readonly near: readonly ("equal" | "case" | "letter" | "unlike" | "none")[];
  readonly under: readonly ("plain" | "negated")[];
  readonly joined: readonly ("alone" | "and" | "or")[];
}

export type Factor = keyof FactorLists;

export const factorValues: Pick<FactorLists, Factor> = {
  operator: [...comparators, ...functions],
  left: [...operands, "resource", "related"],
  right: [...operands, "none"],
  leftCount: ["missing", "empty", "one", "several"],
  rightCount: ["missing", "empty", "one", "several", "none"],
  near: ["equal", "case", "letter", "unlike", "none"],
  under: ["plain", "negated"],
  joined: ["alone", "and", "or"],
};

type FactorValues = typeof factorValues;
export type Features = RowOf<FactorValues>;
export type OperandKind = Features["left"] | Features["right"];
export type Count = Features["leftCount"];

/** The values each factor may take; settings narrow them. */
export type Domains = { readonly [F in Factor]: readonly Features[F][] };

export const factorNames: readonly Factor[] = Object.keys(factorValues) as Factor[];

/** What the factors stand for, for people. */
export const aboutFactor: { readonly [F in Factor]: string } = {
  operator: "comparison operators and functions",
  left:
    "what stands before the operator: a text, the user himself, his id and directory, what his directory says of him, " +
    "admin roles, the session (`user.environment`), custom properties of user and resource, properties of the resource, " +
    "what lies one, two or three relations away, the owner himself and what is known of him, the resource, a related " +
    "resource, and names that the type does not offer",
  right: "what stands behind it; `none` for functions",
  leftCount:
    "values found there for the user and the resource asked about: no such property, an empty one, one, several",
  rightCount: "the same behind the operator",
  near:
    "how alike the nearest two values are: equal, equal but for letter case, one letter off or the beginning of the " +
    "other, unlike; `none` where a side has none",
  under: "whether the atom stands under a `!`",
  joined: "whether the atom stands alone, among terms joined by `and`, or by `or`",
};

const comparisonsOf = (...names: readonly (typeof comparators)[number][]): (typeof comparators)[number][] => [...names];
const held = ["one", "several"] as const;
const lacking = ["missing", "empty"] as const;
const likeness = ["equal", "case", "letter", "unlike"] as const;

function leftBut(...kinds: readonly Features["left"][]): Features["left"][] {
  return factorValues.left.filter((kind) => !kinds.includes(kind));
}

function rightBut(...kinds: readonly Features["right"][]): Features["right"][] {
  return factorValues.right.filter((kind) => !kinds.includes(kind));
}

type Bar = Never<FactorValues>;

/** Once for either side. */
function eitherSide(kinds: readonly (typeof operands)[number][], counts: readonly Count[], because: string): Bar[] {
  return [
    { never: { left: kinds, leftCount: counts }, because },
    { never: { right: kinds, rightCount: counts }, because },
  ];
}

type Shared = "one step" | "two steps" | "three steps" | "owner property" | "user custom" | "resource custom";

/** The same relation on both sides, or a longer path over it: a link that is missing is missing for both. */
function sharedLinks(
  near: Shared,
  far: Shared,
  because: string = "both paths lead over the same link (SR-422)",
): Bar[] {
  const held_ = ["empty", "one", "several"] as const;
  return [
    { never: { left: [near], leftCount: ["missing"], right: [far], rightCount: held_ }, because },
    { never: { right: [near], rightCount: ["missing"], left: [far], leftCount: held_ }, because },
  ];
}

const shapes: readonly Bar[] = [
  {
    never: { operator: functions, right: rightBut("none") },
    because: "a function has nothing behind it",
  },
  { never: { operator: functions, rightCount: [...held, ...lacking] }, because: "a function has nothing behind it" },
  { never: { operator: functions, near: likeness }, because: "a function compares nothing" },
  { never: { operator: comparators, right: ["none"] }, because: "a comparison has two sides" },
  { never: { operator: comparators, rightCount: ["none"] }, because: "a comparison has two sides" },
  {
    never: { operator: ["like", "matches"], right: rightBut("text") },
    because: "behind like and matches stands a text (SR-329)",
  },
  { never: { operator: ["like", "matches"], left: ["text"] }, because: "a text against a text is constant" },
  { never: { left: ["text"], right: ["text"] }, because: "a text against a text is constant" },
  { never: { left: ["unknown"], right: ["unknown"] }, because: "nothing against nothing is constant" },
  { never: { left: ["roles"], right: ["roles"] }, because: "a property against itself is constant" },
  { never: { left: ["user name"], right: ["user name"] }, because: "both are names of the one who asks" },
];

const objects: readonly Bar[] = [
  { never: { operator: ["IsAnonymous"], left: leftBut("user") }, because: "asked of the user alone (SR-477)" },
  { never: { operator: ["IsOwned"], left: leftBut("resource") }, because: "asked of the resource (SR-479)" },
  {
    never: { operator: ["HasPrivilege"], left: leftBut("resource", "related") },
    because: "asked of a resource (SR-471)",
  },
  {
    never: { operator: ["Empty"], left: ["text", "user", "resource", "user name"] },
    because: "never empty (SR-478)",
  },
  {
    never: { operator: comparators, left: ["resource", "related"] },
    because: "a resource against a text is disputed (SR-334)",
  },
  {
    never: { operator: comparisonsOf("==", "!=", "!==", "like", "matches"), left: ["user", "owner"] },
    because: "identity is documented under = alone (SR-333)",
  },
  {
    never: { operator: comparisonsOf("==", "!=", "!==", "like", "matches"), right: ["user", "owner"] },
    because: "identity is documented under = alone (SR-333)",
  },
  { never: { left: ["user"], right: rightBut("owner", "none") }, because: "a user equals an owner (SR-333, SR-334)" },
  { never: { left: ["owner"], right: rightBut("user", "none") }, because: "an owner equals a user (SR-333, SR-334)" },
  { never: { right: ["user"], left: leftBut("owner") }, because: "a user equals an owner (SR-333, SR-334)" },
  { never: { right: ["owner"], left: leftBut("user") }, because: "an owner equals a user (SR-333, SR-334)" },
  { never: { left: ["user", "owner"], near: ["case", "letter"] }, because: "identities are the same or not (SR-333)" },
];

const counts: readonly Bar[] = [
  {
    never: { near: likeness, leftCount: lacking },
    because: "no values to be alike",
  },
  { never: { near: likeness, rightCount: [...lacking, "none"] }, because: "no values to be alike" },
  { never: { near: ["none"], leftCount: held, rightCount: held }, because: "values are more or less alike" },
  ...eitherSide(["text", "user", "user name"], ["missing", "empty", "several"], "exactly one value"),
  { never: { left: ["resource"], leftCount: ["missing", "empty", "several"] }, because: "exactly one value" },
  { never: { left: ["related"], leftCount: ["several"] }, because: "a relation leads to one resource (SR-421)" },
  ...eitherSide(["owner"], ["several"], "a resource has one owner (SR-511)"),
  ...eitherSide(["resource property"], ["several"], "one value each (SR-405)"),
  ...eitherSide(["unknown"], ["empty", "one", "several"], "a name nobody offers is missing (SR-409)"),
  {
    never: { operator: ["!=", "!=="], leftCount: ["missing", "empty", "several"] },
    because: "!= is disputed but for one value against one (SR-344, SR-347)",
  },
  {
    never: { operator: ["!=", "!=="], rightCount: ["missing", "empty", "several"] },
    because: "!= is disputed but for one value against one (SR-344, SR-347)",
  },
  { never: { operator: ["like", "matches"], near: ["letter"] }, because: "a pattern fits or does not" },
  {
    never: { operator: ["matches"], near: ["case"] },
    because: "letter case in matches is disputed (SR-328): patterns take either",
  },
  ...sharedLinks("one step", "one step"),
  ...sharedLinks("one step", "two steps"),
  ...sharedLinks("one step", "three steps"),
  ...sharedLinks("two steps", "two steps"),
  ...sharedLinks("two steps", "three steps"),
  ...sharedLinks("three steps", "three steps"),
  ...sharedLinks("owner property", "owner property"),
  ...sharedLinks("user custom", "user custom", "one list holds all custom properties (SR-408)"),
  ...sharedLinks("resource custom", "resource custom", "one list holds all custom properties (SR-408)"),
];

export const constraints: readonly Bar[] = [...shapes, ...objects, ...counts];

export const space: FactorSpace<FactorValues> = new FactorSpace(factorValues, constraints);
