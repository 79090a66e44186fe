/**
 * From answers to readings. Each answer leaves the combinations under which the reference gives it; what all of them
 * leave together is the set of records the target may follow. Answers that leave nothing are told, never bent.
 */
import { dialectNames, dialectOf, switchRequirement, type DialectSwitch } from "../../catalogue/dialects.ts";
import { switches as everySwitch } from "../../catalogue/readings.ts";
import type { Outcome } from "../../contract/types.ts";
import { controlOf } from "./controls.ts";
import { switchesOf } from "./probes.ts";
import { components, factors, propagated, solved, type Propagated, type Relation } from "./relations.ts";
import { foretold } from "./simulate.ts";
import type {
  Fingerprint,
  Heard,
  Nearness,
  OpenClass,
  ProbeAsk,
  SameAnswer,
  Setting,
  Settled,
  Unexplained,
  Unheard,
} from "./types.ts";

/** Combinations of one component that are written out at most. */
const mostAlternatives = 20_000;

interface Clue {
  readonly ask: ProbeAsk;
  readonly answer: Outcome;
  readonly relation: Relation;
}

interface Sorted {
  readonly clues: readonly Clue[];
  readonly unexplained: readonly Unexplained[];
  readonly unheard: readonly Unheard[];
}

function relationOf(ask: ProbeAsk, answer: Outcome, same: SameAnswer): Relation {
  const allowed = foretold(ask).filter(({ answers }) => answers.some((right) => same(right, answer)));
  return { scope: ask.of.depends, allowed: allowed.map(({ setting }) => setting) };
}

function sorted(heard: readonly Heard[], same: SameAnswer): Sorted {
  const control = controlOf(heard);
  const [clues, unexplained, unheard]: [Clue[], Unexplained[], Unheard[]] = [[], [], []];
  for (const { ask, answers } of heard) {
    const open = openOf(ask, answers, control(ask));
    const [answer] = answers;
    if (open !== undefined || answer === undefined) {
      unheard.push(open ?? { ask: ask.id, code: "not-asked", detail: "the question was not put" });
    } else if (answers.some((other) => !same(answer, other))) {
      unexplained.push({ kind: "unsteady", asks: [ask.id], detail: "the same question got two different answers" });
    } else {
      const relation = relationOf(ask, answer, same);
      if (relation.allowed.length > 0) clues.push({ ask, answer, relation });
      else unexplained.push({ kind: "impossible", asks: [ask.id], detail: "no reading gives this answer" });
    }
  }
  return { clues, unexplained, unheard };
}

function openOf(ask: ProbeAsk, answers: readonly Outcome[], uncontrolled: string | undefined): Unheard | undefined {
  const undetermined = answers.find((answer) => answer.kind === "undetermined");
  if (undetermined !== undefined) return { ask: ask.id, code: undetermined.code, detail: undetermined.detail };
  return uncontrolled === undefined ? undefined : { ask: ask.id, code: "uncontrolled", detail: uncontrolled };
}

function together(clues: readonly Clue[], names: readonly DialectSwitch[]): Propagated | undefined {
  const left = propagated(
    clues.map(({ relation }) => relation),
    names,
  );
  const groups = left === undefined ? [] : components(left.relations);
  const empty = groups.some((members) => solved(members, mostAlternatives)?.allowed.length === 0);
  return empty ? undefined : left;
}

/** A smallest set of answers that exclude each other: none of them can be left out. */
function conflict(clues: readonly Clue[], names: readonly DialectSwitch[]): readonly Clue[] {
  let core = clues;
  for (const clue of clues) {
    const without = core.filter((other) => other !== clue);
    if (together(without, names) === undefined) core = without;
  }
  return core;
}

interface Consistent {
  readonly clues: readonly Clue[];
  readonly left: Propagated;
  readonly contradictions: readonly Unexplained[];
}

/** Leaves out answers that exclude each other, group by group, until the rest have an explanation. */
function consistent(given: readonly Clue[], names: readonly DialectSwitch[]): Consistent {
  const contradictions: Unexplained[] = [];
  let clues = given;
  for (;;) {
    const left = together(clues, names);
    if (left !== undefined) return { clues, left, contradictions };
    const core = conflict(clues, names);
    const asks = core.map(({ ask }) => ask.id);
    contradictions.push({ kind: "contradictory", asks, detail: "no one reading gives all of these answers" });
    clues = clues.filter((clue) => !core.includes(clue));
  }
}

function classOf(relation: Relation): OpenClass {
  return { switches: relation.scope, alternatives: relation.allowed };
}

function openClasses({ domains, relations }: Propagated): readonly OpenClass[] {
  const bound = components(relations).flatMap((members): readonly OpenClass[] => {
    const whole = solved(members, mostAlternatives);
    if (whole !== undefined) return factors(whole).map(classOf);
    const switches = [...new Set(members.flatMap(({ scope }) => scope))];
    const own = switches.flatMap((name) => (domains.get(name) ?? []).map((reading): Setting => ({ [name]: reading })));
    return [{ switches, alternatives: own, unlisted: true }];
  });
  const told = new Set(bound.flatMap(({ switches }) => switches));
  const free = [...domains].filter(([name, domain]) => domain.length > 1 && !told.has(name));
  const single = free.map(([name, domain]): OpenClass => ({
    switches: [name],
    alternatives: domain.map((reading): Setting => ({ [name]: reading })),
  }));
  return [...bound, ...single];
}

function settledBy(name: DialectSwitch, clues: readonly Clue[]): readonly string[] {
  return clues.filter(({ ask }) => ask.of.about.includes(name)).map(({ ask }) => ask.id);
}

function settledOf({ domains }: Propagated, clues: readonly Clue[]): readonly Settled[] {
  return [...domains].flatMap(([name, domain]): readonly Settled[] => {
    const [reading] = domain;
    if (reading === undefined || domain.length > 1) return [];
    return [{ switch: name, requirement: switchRequirement[name], reading, by: settledBy(name, clues) }];
  });
}

/** Departures of a dialect within one class: as few switches as any of its alternatives needs. */
function nearest(name: string, { switches, alternatives, unlisted }: OpenClass): Nearness["departs"] {
  const dialect = dialectOf(name);
  if (unlisted === true) return [];
  const [best] = alternatives
    .map((one) => switches.filter((key) => one[key] !== dialect[key]))
    .toSorted((a, b) => a.length - b.length);
  return (best ?? []).map((key) => ({
    switch: key,
    dialect: dialect[key],
    target: [...new Set(alternatives.flatMap((one) => one[key] ?? []))],
  }));
}

function nearness(settled: readonly Settled[], open: readonly OpenClass[]): readonly Nearness[] {
  const all = dialectNames.map((dialect): Nearness => {
    const record = dialectOf(dialect);
    const departs = settled
      .filter((one) => record[one.switch] !== one.reading)
      .map((one) => ({ switch: one.switch, dialect: record[one.switch], target: [one.reading] }));
    return { dialect, departs: [...departs, ...open.flatMap((one) => nearest(dialect, one))] };
  });
  return all.toSorted((a, b) => a.departs.length - b.departs.length);
}

/** What the answers say. `same` judges whether a target's answer is the one foretold. */
export function fingerprintOf(heard: readonly Heard[], same: SameAnswer): Fingerprint {
  const { clues, unexplained, unheard } = sorted(heard, same);
  const names = switchesOf([...new Set(heard.map(({ ask }) => ask.of))]);
  const found = consistent(clues, names);
  const open = openClasses(found.left);
  const settled = settledOf(found.left, found.clues);
  return {
    settled,
    open,
    unexplained: [...unexplained, ...found.contradictions],
    unheard,
    unasked: everySwitch.filter((name) => !names.includes(name)),
    dialects: nearness(settled, open),
  };
}
