/**
 * The atom made to order: an operator, operands and values as a row of features asks, set on one user and one resource,
 * and the opposite on others beside them.
 */
import type { Dice } from "../dice.ts";
import { alike as likeness, path, text, type Atom } from "./atoms.ts";
import { drawThing } from "./drawing.ts";
import type { PersonDraft, SiteDraft, ThingDraft, ThingType, Values } from "./drafts.ts";
import type { Count, Features } from "./factors.ts";
import { neutral } from "./forms.ts";
import { placesFor, type Place } from "./places.ts";
import { put, type Cast } from "./placing.ts";

export interface Focal {
  readonly atom: Atom;
  readonly features: Features;
  readonly type: ThingType;
  readonly asker: PersonDraft;
  readonly thing: ThingDraft;
  /** Who and what the opposite was set on. */
  readonly other: { readonly asker: PersonDraft; readonly thing: ThingDraft };
  /** Whether the atom is read alike of these two people and things alone (SR-344, SR-347). */
  readonly guarded: boolean;
  readonly action: "read" | "update" | "delete";
}

const [filler, beside, elsewhere] = ["Orders", "Margin", "Quota"] as const;

function twin(word: string): string {
  const lower = word.toLowerCase();
  return word === lower ? word.toUpperCase() : lower;
}

/** A word as near to the other as asked. */
function shifted(word: string, near: Features["near"]): string {
  if (near === "case") return twin(word);
  if (near === "letter") return word.slice(0, -1);
  return near === "unlike" ? elsewhere : word;
}

function listOf(count: Count, value: string, other: string): Values {
  if (count === "missing") return undefined;
  if (count === "empty") return [];
  return count === "one" ? [value] : [value, other];
}

/** The values on either side that make the row. */
interface Sides {
  readonly left: Values;
  readonly right: Values;
}

function patternFor(operator: string, word: string, near: Features["near"]): string {
  const aim = near === "case" ? twin(word) : word;
  // What is within the value and is not all of it does not fit (SR-325, SR-328).
  if (near === "unlike") return operator === "like" ? aim.slice(1) : neutral(aim.slice(1));
  const head = aim.slice(0, Math.max(2, aim.length - 2));
  return operator === "like" ? `${head}*` : `${neutral(head)}.*`;
}

function wordsFor(
  { operator, near }: Features,
  left: Place,
  right: Place | undefined,
  { asker }: Cast,
): [string, string] {
  const { userId } = asker.who;
  if (operator === "like" || operator === "matches") {
    const word = left.fixed === true ? userId : left.word;
    return [word, patternFor(operator, word, near)];
  }
  if (right?.fixed === true) return [shifted(userId, near), userId];
  const word = left.fixed === true ? userId : left.word === "" ? (right?.word ?? "") : left.word;
  return [word, shifted(word, near)];
}

function sidesOf(features: Features, left: Place, right: Place | undefined, cast: Cast): Sides {
  const [one, other] = wordsFor(features, left, right, cast);
  const rightCount = features.rightCount === "none" ? "missing" : features.rightCount;
  return { left: listOf(features.leftCount, one, filler), right: listOf(rightCount, other, beside) };
}

/** A thing with all its relations, none of them shared. */
function newThing(site: SiteDraft, type: ThingType, [owner, other]: Cast["owners"], dice: Dice): ThingDraft {
  const thing = drawThing(site, type, dice);
  if (type !== "ReloadTask") thing.owner = owner;
  if (type === "App" || type === "App.Object" || type === "ReloadTask") {
    const parent = newThing(site, type === "App" ? "Stream" : "App", [other, other], dice);
    parent.owner = other;
    thing.parent = parent;
  }
  return thing;
}

function isTrueOf({ operator, near, leftCount }: Features): boolean {
  if (operator === "Empty") return leftCount === "missing" || leftCount === "empty";
  if (operator === "=" || operator === "like" || operator === "matches") return near === "equal" || near === "case";
  if (operator === "==") return near === "equal";
  if (operator === "!=") return near !== "equal" && near !== "case";
  return operator === "!==" ? near !== "equal" : true;
}

/** The features of the opposite: one value against one, alike where the first is not. */
function opposite(features: Features): Features {
  const wanted = !isTrueOf(features);
  const { operator } = features;
  const isComparison = features.right !== "none";
  const alike = operator === "!=" || operator === "!==" ? !wanted : wanted;
  return {
    ...features,
    leftCount: isComparison || features.leftCount !== "one" ? "one" : "empty",
    rightCount: isComparison ? "one" : "none",
    near: isComparison ? (alike ? "equal" : "unlike") : "none",
  };
}

interface Making {
  readonly features: Features;
  readonly left: Place;
  readonly right: Place | undefined;
  /** Whether its pattern is a part of the word, which fits that part alone. */
  readonly inner: boolean;
}

function isIdentity({ left, right }: Features): boolean {
  return left === "owner" || right === "owner";
}

/** Whoever asks owns it, or somebody else does, or nobody. */
function setOwner({ features }: Making, { asker, thing, owners }: Cast): void {
  const count = features.left === "owner" ? features.leftCount : features.rightCount;
  if (count === "missing") thing.owner = undefined;
  else if (count === "empty") thing.owner = null;
  else thing.owner = features.near === "equal" || features.near === "none" ? asker : owners[0];
}

/** Sets what is not written in the atom; texts stay as the first cast has them. */
function setUp(making: Making, sides: Sides, cast: Cast): void {
  const { features, left, right } = making;
  if (isIdentity(features)) {
    setOwner(making, cast);
    return;
  }
  // What holds comes first: a link that is cut later is not needed any more.
  const all = [
    { place: left, values: sides.left },
    ...(right === undefined ? [] : [{ place: right, values: sides.right }]),
  ];
  const rank = ({ values }: (typeof all)[number]): number => (values === undefined ? 1 : 0);
  for (const { place, values } of all.toSorted((one, other) => rank(one) - rank(other))) put(place, values, cast);
}

/** The word that fits the text on the right: a pattern fits the word it was made from, or the part of it that it is. */
function fittingWord({ features, left, inner }: Making, written: string): string {
  if (features.operator !== "like" && features.operator !== "matches") return written;
  return inner ? left.word.slice(1) : left.word;
}

/** Values of the opposite that go with the texts written already. */
function sidesBeside(making: Making, first: Sides, cast: Cast): Sides {
  const { features, left, right } = making;
  const word = (wanted: string): Values => [features.near === "equal" ? wanted : elsewhere];
  if (left.root === "text") return { left: first.left, right: word(first.left?.[0] ?? "") };
  if (right?.root !== "text") return sidesOf(features, left, right, cast);
  return { left: word(fittingWord(making, first.right?.[0] ?? "")), right: first.right };
}

function operandOf(place: Place, values: Values): ReturnType<typeof text> {
  return place.root === "text" ? text(values?.[0] ?? "") : path(place.written);
}

function atomOf({ features, left, right }: Making, sides: Sides): Atom {
  const { operator } = features;
  switch (operator) {
    case "Empty":
    case "IsAnonymous":
    case "IsOwned":
      return { kind: "call", on: path(left.written), function: operator };
    case "HasPrivilege":
      return { kind: "call", on: path(left.written), function: operator, argument: "read" };
    case "=":
    case "==":
    case "!=":
    case "!==":
    case "like":
    case "matches":
      return {
        kind: "comparison",
        left: operandOf(left, sides.left),
        operator,
        right: right === undefined ? text("") : operandOf(right, sides.right),
      };
  }
}

const byLetter: readonly string[] = ["anna", "ann"];

function letterRank({ who }: PersonDraft): number {
  const at = byLetter.indexOf(who.userId);
  return at < 0 ? byLetter.length : at;
}

interface Four {
  readonly askers: readonly [PersonDraft, PersonDraft];
  readonly owners: Cast["owners"];
}

/** Two who ask, whose ids are as near to each other as the row says where ids are compared, and two who own things. */
function fourOf({ people }: SiteDraft, { features, left, right }: Making, dice: Dice): Four {
  const { near } = features;
  const known = dice.shuffled(people.filter(({ who }) => who.known));
  const isByLetter = near === "letter" && (left.fixed === true || right?.fixed === true);
  const order = isByLetter ? known.toSorted((one, other) => letterRank(one) - letterRank(other)) : known;
  const [first, ...rest] = order;
  const isOther = ({ who }: PersonDraft): boolean => likeness(who.userId, first?.who.userId ?? "") === "unlike";
  const second = near === "unlike" ? rest.find(isOther) : rest[0];
  const [third, fourth] = rest.filter((person) => person !== second);
  if (first === undefined || second === undefined || third === undefined || fourth === undefined)
    throw new RangeError("a site has too few users");
  return { askers: [first, second], owners: [third, fourth] };
}

/** Things of their own where the atom asks of the resource; else any there is. */
function castsOf(site: SiteDraft, making: Making, type: ThingType, dice: Dice): readonly [Cast, Cast] {
  const { askers, owners } = fourOf(site, making, dice);
  const turned: Cast["owners"] = [owners[1], owners[0]];
  const asksThing = making.left.root === "resource" || making.right?.root === "resource";
  const any = site.things.filter((thing) => thing.type === type);
  const held = asksThing ? undefined : any[dice.below(any.length)];
  return [
    { asker: askers[0], thing: held ?? newThing(site, type, owners, dice), owners },
    { asker: askers[1], thing: held ?? newThing(site, type, turned, dice), owners: turned },
  ];
}

/** A literal that nobody bears is turned into the id of the other. */
function settledSides({ features, left, right }: Making, sides: Sides, other: PersonDraft): Sides {
  if (features.near !== "unlike") return sides;
  if (left.fixed === true && right?.root === "text") return { ...sides, right: [other.who.userId] };
  return right?.fixed === true && left.root === "text" ? { ...sides, left: [other.who.userId] } : sides;
}

function isUnequal({ operator }: Features): boolean {
  return operator === "!=" || operator === "!==";
}

/** No other rule asks for `delete` by HasPrivilege, so nobody else meets an atom that is disputed for him. */
function actionOf(features: Features): Focal["action"] {
  if (isUnequal(features)) return "delete";
  return features.operator === "HasPrivilege" && features.left === "resource" ? "update" : "read";
}

/** Sets the site up so that the atom meets what the features ask for, and answers with it. */
export function makeFocal(site: SiteDraft, features: Features, dice: Dice): Focal {
  const { left, right, type } = placesFor(features, dice);
  const making: Making = { features, left, right, inner: features.near === "unlike" };
  const [cast, other] = castsOf(site, making, type, dice);
  const sides = settledSides(making, sidesOf(features, left, right, cast), other.asker);
  const turned: Making = { ...making, features: opposite(features) };
  setUp(turned, sidesBeside(turned, sides, other), other);
  setUp(making, sides, cast);
  if (features.operator === "IsOwned") other.thing.owner = null;
  return {
    atom: atomOf(making, sides),
    features,
    type,
    asker: cast.asker,
    thing: cast.thing,
    other: { asker: other.asker, thing: other.thing },
    guarded: isUnequal(features),
    action: actionOf(features),
  };
}
