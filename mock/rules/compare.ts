/** The comparisons of a condition, on what its two sides lead to. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Entity, Json } from "../../contract/types.ts";
import type { Comparator } from "../../languages/rule-condition/ast.ts";
import { same, textsOf, type Found, type Resource } from "./model.ts";
import type { RuleSeams } from "./seams.ts";

export interface Comparing {
  readonly dialect: Dialect;
  readonly seams: RuleSeams;
}

function filled(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}

function sameUser(left: Entity, right: Entity): boolean {
  const [ours, theirs] = [left["userId"], right["userId"]];
  const [home, away] = [left["userDirectory"], right["userDirectory"]];
  if (filled(ours) && filled(theirs) && filled(home) && filled(away)) return same(ours, theirs) && same(home, away);
  return left.id !== "" && left.id === right.id;
}

/** Identity of entities, not of their names; a user is his directory and id (SR-333, IM-053). */
function identical(left: Resource, right: Resource): boolean {
  if (left.type !== right.type || left.type === "session") return false;
  return left.type === "User" ? sameUser(left.entity, right.entity) : left.entity.id === right.entity.id;
}

type PairTest<T> = (left: T, right: T) => boolean;

function anyPair<T>(left: readonly T[], right: readonly T[], test: PairTest<T>): boolean {
  return left.some((one) => right.some((other) => test(one, other)));
}

/** Some pair differs, or none is equal: sources conflict (SR-344). */
function unequal<T>(dialect: Dialect, left: readonly T[], right: readonly T[], test: PairTest<T>): boolean {
  return dialect.notEqualOnLists === "someDiffers"
    ? anyPair(left, right, (one, other) => !test(one, other))
    : !anyPair(left, right, test);
}

function related<T>(
  how: Comparing,
  negated: boolean,
  sides: readonly [readonly T[], readonly T[]],
  test: PairTest<T>,
): boolean {
  return negated ? unequal(how.dialect, sides[0], sides[1], test) : anyPair(sides[0], sides[1], test);
}

function equality(how: Comparing, operator: "=" | "==" | "!=" | "!==", left: Found, right: Found): boolean {
  const negated = operator.startsWith("!");
  if (left.kind === "nothing" || right.kind === "nothing") {
    return negated && how.dialect.notEqualOnMissing && left.kind !== right.kind;
  }
  if (left.kind === "things" && right.kind === "things") {
    return related(how, negated, [left.values, right.values], identical);
  }
  if (left.kind !== "texts" || right.kind !== "texts") return negated;
  const strict = how.dialect.strictCase === "sensitive" && operator.length > (negated ? 2 : 1);
  return related(how, negated, [left.values, right.values], strict ? how.seams.strictlyEqual : how.seams.equal);
}

/** An entity beside a text as its name, and a user as his id too, where a release compares the two (SR-334). */
function spoken(dialect: Dialect, found: Found, other: Found): Found {
  if (dialect.objectAsText === "never" || found.kind !== "things" || other.kind !== "texts") return found;
  const words = found.values.flatMap(({ type, entity }) => [
    entity["name"],
    ...(type === "User" ? [entity["userId"]] : []),
  ]);
  const texts = words.filter((word) => filled(word));
  return texts.length === 0 ? found : textsOf(texts);
}

/** One comparison. A missing side makes it false, unless it is `!=` (SR-346, SR-347); an entity equals no text (SR-334). */
export function compare(how: Comparing, operator: Comparator, one: Found, other: Found): boolean {
  const [left, right] = [spoken(how.dialect, one, other), spoken(how.dialect, other, one)];
  switch (operator) {
    case "=":
    case "==":
    case "!=":
    case "!==":
      return equality(how, operator, left, right);
    case "like":
    case "matches": {
      if (left.kind !== "texts" || right.kind !== "texts") return false;
      const test = operator === "like" ? how.seams.likeMatches : how.seams.patternMatches;
      return anyPair(left.values, right.values, (value, pattern) => test(value, pattern, how.dialect));
    }
  }
}
