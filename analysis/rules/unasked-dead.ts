/** Findings about what gives nothing: rules that never fire, branches and items of a filter without effect. */
import { actionNamed } from "../../reference/rules/actions.ts";
import type { Clause } from "./clauses.ts";
import { demandsOf, grantsOn, speaksOf, typeBehind, type Demands } from "./demands.ts";
import { actionsOf, fires, firesOnSection } from "./firing.ts";
import { make } from "./making.ts";
import { asksOfResource, pathsOf, printClause, printItem, type Reading, type Way } from "./reading.ts";
import { quoted, tell } from "./telling.ts";
import type { RuleSet, Unasked } from "./finding.ts";

/** Only sections in the filter, and a condition about what sections do not have. */
export function sectionsOnly(set: RuleSet, reading: Reading): readonly Unasked[] {
  if (reading.sections.length === 0) return [];
  const users = reading.clauses.flatMap((clause) => {
    const mine = clause.filter((literal) => pathsOf(literal).every(({ root }) => root === "user"));
    return peopleFor(set, mine);
  });
  if (firesOnSection(set.policy, reading, users)) return [];
  const about = reading.clauses.some(asksOfResource);
  return [
    about
      ? tell(
          reading,
          { kind: "sections-about-objects", weight: "nothing", requirement: "SR-207" },
          "the filter names QMC sections, the condition asks about properties only objects have: the rule never fires; the filter is likely another rule's",
        )
      : tell(
          reading,
          { kind: "never-fires", weight: "nothing", requirement: "SR-101" },
          "nobody could be found for whom the rule fires",
        ),
  ];
}

/** People for whom what a clause says of the user holds; on which thing does not matter. */
function peopleFor({ policy }: RuleSet, clause: Clause): readonly Way["made"][] {
  const demands: readonly Demands[] = demandsOf(clause, { policy, type: "Tag", prefix: [], depth: 0 });
  return [[], ...demands].flatMap((each) => make(each, "Tag") ?? []);
}

/** Rights the clauses ask for that no rule gives: `read on Stream`. */
function unmetRights({ policy }: RuleSet, { types }: Reading, clauses: readonly Clause[]): readonly string[] {
  const asked = clauses.flatMap((clause) =>
    clause.flatMap(({ atom, negated }) =>
      atom.kind === "call" && atom.function === "HasPrivilege" && !negated ? [atom] : [],
    ),
  );
  const unmet = asked.flatMap(({ on, argument }) => {
    const action = actionNamed(argument ?? "");
    if (action === undefined) return [];
    return types.flatMap((type) => {
      const there = typeBehind(type, on.segments);
      if (there === undefined || policy.rules.some((rule) => grantsOn(rule, there, action))) return [];
      return [`${action} on ${there}`];
    });
  });
  return [...new Set(unmet)];
}

function neverFires(set: RuleSet, reading: Reading): readonly Unasked[] {
  if (reading.cut) return [];
  const note = { kind: "never-fires", requirement: "SR-203" } as const;
  if (actionsOf(reading.rule).length === 0) {
    return [tell(reading, { ...note, weight: "nothing", requirement: "SR-232" }, "the rule names no action")];
  }
  const unmet = unmetRights(set, reading, reading.clauses);
  if (unmet.length > 0) {
    const where = set.partial ? ", among custom rules alone" : "";
    const text = `the rule never fires: it asks for ${unmet.join(" or ")}, which no rule here gives${where}`;
    return [tell(reading, { ...note, weight: set.partial ? "unclear" : "nothing" }, text)];
  }
  const text = "no user and resource could be found for which the rule fires";
  return [tell(reading, { ...note, weight: "nothing" }, text)];
}

/** Rules and branches for which nobody and nothing could be made. */
export function deadEnds(set: RuleSet, reading: Reading): readonly Unasked[] {
  const alive = new Set(reading.ways.filter((way) => fires(set.policy, reading.rule, way)).map(({ clause }) => clause));
  if (alive.size === 0) return neverFires(set, reading);
  return reading.clauses
    .filter((clause) => !reading.ways.some((way) => way.clause === clause))
    .map((clause) => {
      const unmet = unmetRights(set, reading, [clause]);
      const weight = set.partial && unmet.length > 0 ? "unclear" : "nothing";
      const why = unmet.length === 0 ? "" : `, for no rule here gives ${unmet.join(" or ")}`;
      const text = `this branch never holds for what the filter covers${why}: ${printClause(clause)}`;
      return tell(reading, { kind: "dead-branch", weight, requirement: "SR-203" }, text);
    });
}

/** Lesson of the customer case: types in the filter that no branch speaks of. */
export function idleItems(set: RuleSet, reading: Reading): readonly Unasked[] {
  if (reading.ways.length === 0) return [];
  const idle = reading.items.filter((item) => {
    const types = reading.types.filter((type) => speaksOf(item, type));
    return types.length > 0 && !reading.ways.some(({ type }) => types.includes(type));
  });
  if (idle.length === 0) return [];
  const names = quoted(idle.map(printItem));
  const text = `the filter names ${names}, but no branch of the condition can hold there: the rule gives nothing on ${idle.length === 1 ? "it" : "them"}`;
  return [tell(reading, { kind: "idle-filter-item", weight: "nothing", requirement: "SR-203" }, text)];
}
