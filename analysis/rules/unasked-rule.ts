/** Findings that one rule beside the others shows, whatever stands on the site. */
import { printCondition } from "../../languages/rule-condition/print.ts";
import { decide } from "../../reference/rules/spec.ts";
import { resourceTypeOf } from "../../reference/rules/resource-types.ts";
import type { Clause, Literal } from "./clauses.ts";
import { speaksOf } from "./demands.ts";
import { actionsOf, fires, policyOn, questionOf } from "./firing.ts";
import {
  asksOfResource,
  isPositive,
  pathsOf,
  printClause,
  printItem,
  testsOf,
  userTestOf,
  type Reading,
  type Way,
} from "./reading.ts";
import { quoted, tell } from "./telling.ts";
import { deadEnds, idleItems, sectionsOnly } from "./unasked-dead.ts";
import type { RuleSet, Unasked } from "./finding.ts";

function typesWith(reading: Reading, clauses: readonly Clause[]): readonly string[] {
  return reading.ways.filter(({ clause }) => clauses.includes(clause)).map(({ type }) => type);
}

/** `resource.name = "Everyone"`: one thing, by name or id. */
function isPinned(literal: Literal): boolean {
  const { atom } = literal;
  if (!isPositive(literal) || atom.kind !== "comparison" || atom.operator === "like" || atom.operator === "matches")
    return false;
  const [path] = pathsOf(literal);
  const isText = atom.left.kind === "text" || atom.right.kind === "text";
  const last = path?.segments.at(-1)?.toLowerCase();
  return isText && path?.root === "resource" && (last === "name" || last === "id");
}

function isDirect(clause: Clause): boolean {
  return testsOf(clause).has("constant") || testsOf(clause).has("linked");
}

/** A branch that asks nothing of the user, alone or beside branches that do. */
function untested(_set: RuleSet, reading: Reading): readonly Unasked[] {
  const live = reading.clauses.filter((clause) => reading.ways.some((way) => way.clause === clause));
  const open = live.filter((clause) => [...testsOf(clause)].every((test) => test === "none"));
  if (open.length > 0) {
    const types = quoted(typesWith(reading, open));
    const text = `no test of the user: everybody, anonymous users included, may ${actionsOf(reading.rule).join(", ")} on ${types}`;
    // Single things, as the stream Everyone, are likely meant so.
    const single =
      reading.items.every(({ kind }) => kind === "resource") || open.every((clause) => clause.some(isPinned));
    const weight = single ? "unclear" : "too-much";
    return [tell(reading, { kind: "no-user-test", weight, requirement: "SR-109" }, text)];
  }
  const loose = live.filter((clause) => !isDirect(clause));
  if (loose.length === 0 || loose.length === live.length) return [];
  const more = smallestDifference(loose, live.filter(isDirect));
  const text = `beside branches for some users stands one for everybody who has the rest: ${printClause(more)}`;
  return [tell(reading, { kind: "branch-for-everybody", weight: "too-much", requirement: "SR-302" }, text)];
}

/** The literals a loose clause has instead of a test of the user. */
function smallestDifference(loose: readonly Clause[], direct: readonly Clause[]): Clause {
  const known = new Set(direct.flat().map(({ atom }) => atom));
  const own = loose.map((clause) => clause.filter(({ atom }) => !known.has(atom)));
  return own.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

/** SR-105: one action does not bring another. What was created belongs to who made it (SR-501). */
function withoutRead(set: RuleSet, reading: Reading): readonly Unasked[] {
  const actions = actionsOf(reading.rule);
  if (set.partial || actions.includes("read") || actions.length === 0) return [];
  const blind = reading.ways.filter((way) => {
    const question = questionOf(reading.rule, way);
    if (question === undefined || !fires(set.policy, reading.rule, way)) return false;
    const policy = policyOn(set.policy, actions.includes("create") ? ownedByAsker(way.made) : way.made);
    return !decide(policy, { ...question, action: "read" }).allowed;
  });
  const types = quoted(blind.map(({ type }) => type));
  if (types === "") return [];
  const text = `who has just this right may ${actions.join(", ")} on ${types} but read none of them`;
  return [tell(reading, { kind: "right-without-read", weight: "unclear", requirement: "SR-105" }, text)];
}

function ownedByAsker(made: Way["made"]): Way["made"] {
  const things = made.things.map((thing) =>
    thing.entity.id === made.resource.id && Object.hasOwn(resourceTypeOf(thing.type).relations, "owner")
      ? { ...thing, entity: { ...thing.entity, owner: { id: made.row.id } } }
      : thing,
  );
  return { ...made, things };
}

/** A right on the parts of every app, whoever's the app is. */
function parentless(_set: RuleSet, reading: Reading): readonly Unasked[] {
  if (reading.rule.actions === 2 || isAdmin(reading)) return [];
  const parts = reading.ways.filter(
    ({ type, clause }) => Object.hasOwn(resourceTypeOf(type).relations, "app") && !asksOfResource(clause),
  );
  const types = quoted(parts.map(({ type }) => type));
  if (types === "") return [];
  const text = `on ${types} the rule asks nothing of the app they belong to: it holds in every app, also in those the user may not read`;
  return [tell(reading, { kind: "asks-nothing-of-parent", weight: "too-much", requirement: "SR-105" }, text)];
}

function namesUser(literal: Literal): boolean {
  return isPositive(literal) && userTestOf(literal) === "constant";
}

/** Rights of administrators reach everything on purpose: of the built-in ones, and of whom a rule over all names. */
function isAdmin({ clauses, items }: Reading): boolean {
  const overAll = items.some(({ kind }) => kind === "everything");
  if (overAll && clauses.every((clause) => clause.some(namesUser))) return true;
  return clauses.every((clause) =>
    clause.some((literal) =>
      pathsOf(literal).some(({ root, segments }) => root === "user" && segments[0]?.toLowerCase() === "roles"),
    ),
  );
}

function isGroupTest(literal: Literal): boolean {
  const { atom } = literal;
  return (
    isPositive(literal) &&
    atom.kind === "comparison" &&
    atom.right.kind === "text" &&
    atom.left.kind === "path" &&
    atom.left.root === "user" &&
    atom.left.segments[0]?.toLowerCase() === "group"
  );
}

/** What ties a user to some things and not to others, owning them apart. */
function isMembership(literal: Literal): boolean {
  const test = userTestOf(literal);
  const owns = pathsOf(literal).some(
    ({ root, segments }) => root === "resource" && segments[0]?.toLowerCase() === "owner",
  );
  return !literal.negated && !owns && (test === "linked" || test === "privilege");
}

/** A role in one group, a project in another: who has both in different projects has the role in both. */
function apart(_set: RuleSet, reading: Reading): readonly Unasked[] {
  const mixed = reading.clauses.filter((clause) => {
    return clause.some(isGroupTest) && clause.some(isMembership);
  });
  const roles = quoted(mixed.flatMap((clause) => clause.filter(isGroupTest).map(({ atom }) => printCondition(atom))));
  if (roles === "") return [];
  const text = `role and membership are tested apart (${roles}): who has the role for one project has it in every project he belongs to`;
  return [tell(reading, { kind: "role-apart-from-project", weight: "too-much", requirement: "SR-402" }, text)];
}

/** Sheets nobody published, and scripts with them. */
function unpublished(_set: RuleSet, reading: Reading): readonly Unasked[] {
  if ((reading.rule.actions & 2) === 0 || isAdmin(reading)) return [];
  const wide = reading.ways.filter(
    ({ type, clause }) =>
      type === "App.Object" &&
      !clause.some(
        (literal) =>
          literal.atom.kind === "comparison" &&
          pathsOf(literal).some(
            ({ root, segments }) =>
              root === "resource" &&
              ["published", "objecttype", "owner"].includes(segments.at(-1)?.toLowerCase() ?? ""),
          ),
      ),
  );
  if (wide.length === 0) return [];
  const text =
    "the rule reads app objects of every kind, published or not: private sheets and the load script with them";
  return [tell(reading, { kind: "private-and-scripts", weight: "too-much", requirement: "SR-405" }, text)];
}

/** Whether all that the one grants, the other grants too, by its text alone. */
function within(one: Reading, other: Reading): boolean {
  const { rule } = one;
  if (
    (rule.actions & ~other.rule.actions) !== 0 ||
    !rule.contexts.every((context) => other.rule.contexts.includes(context))
  )
    return false;
  const covered = one.items.every((item) =>
    other.items.some((wide) => printItem(wide) === printItem(item) || coversItem(wide, item)),
  );
  return covered && one.clauses.every((clause) => other.clauses.some((weaker) => isWeaker(weaker, clause)));
}

function coversItem(wide: Reading["items"][number], item: Reading["items"][number]): boolean {
  if (wide.kind === "everything") return true;
  return (
    item.kind !== "everything" &&
    item.kind !== "section" &&
    item.kind !== "typePrefix" &&
    speaksOf(wide, item.type) &&
    wide.kind !== "resource"
  );
}

function isWeaker(weaker: Clause, clause: Clause): boolean {
  const texts = new Set(clause.map((literal) => printClause([literal]).toLowerCase()));
  return weaker.every((literal) => texts.has(printClause([literal]).toLowerCase()));
}

function redundant({ readings }: RuleSet, reading: Reading): readonly Unasked[] {
  const at = readings.indexOf(reading);
  const stronger = readings.find(
    (other, place) => other !== reading && within(reading, other) && (place < at || !within(other, reading)),
  );
  if (stronger === undefined) return [];
  const text = `all it grants, rule ${JSON.stringify(stronger.rule.name)} grants too: without it nothing changes`;
  return [tell(reading, { kind: "redundant-rule", weight: "unclear", requirement: "SR-102" }, text)];
}

/** A rule about sections alone is judged as such; the rest speaks of objects. */
export function aboutRule(set: RuleSet, reading: Reading): readonly Unasked[] {
  if (reading.types.length === 0) return [...sectionsOnly(set, reading), ...redundant(set, reading)];
  return [deadEnds, idleItems, redundant, untested, withoutRead, parentless, apart, unpublished].flatMap((look) =>
    look(set, reading),
  );
}
