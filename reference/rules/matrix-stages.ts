/**
 * In which order rights are settled where rules ask HasPrivilege. What is asked about comes before who asks, type by type
 * and action by action. Where types and actions ask in a circle, `spec.ts` settles them (SR-473).
 */
import { actionBits, actionNamed, type ActionName } from "./actions.ts";
import type { Plan, PlannedRule, PlannedRules, PrivilegeAtom } from "./matrix-plan.ts";
import type { TypeRange, Universe } from "./matrix-universe.ts";

/** One rule on one stretch of a row, for some of its actions. */
export interface Share {
  readonly rule: PlannedRule;
  readonly actions: readonly ActionName[];
  readonly from: number;
  readonly to: number;
}

export type Stage =
  | { readonly kind: "plan"; readonly shares: readonly Share[] }
  | { readonly kind: "circle"; readonly cells: readonly Cell[] };

/** All resources of a type under one action. */
export interface Cell {
  readonly range: TypeRange;
  readonly action: ActionName;
}

const actionNames: readonly ActionName[] = Object.keys(actionBits).flatMap((name) => actionNamed(name) ?? []);

function actionsOf({ rule }: PlannedRule): readonly ActionName[] {
  return actionNames.filter((action) => (rule.actions & actionBits[action]) !== 0);
}

export function privilegesIn(plan: Plan): readonly number[] {
  switch (plan.kind) {
    case "privilege":
      return [plan.at];
    case "and":
    case "or":
      return plan.terms.flatMap(privilegesIn);
    case "not":
      return privilegesIn(plan.term);
    case "constant":
    case "user":
    case "linked":
    case "resource":
      return [];
  }
}

function overlaps(rule: PlannedRule, { from, to }: TypeRange): boolean {
  for (let at = Math.max(from, rule.from); at < Math.min(to, rule.to); at++) {
    if (rule.covered[at] !== 0) return true;
  }
  return false;
}

/** Types whose resources are asked about by resources of the range. */
function askedTypes(universe: Universe, { askers }: PrivilegeAtom, range: TypeRange): readonly TypeRange[] {
  const asks = [...askers].filter(([, bits]) => bits.some((bit) => bit >>> 5 >= range.from && bit >>> 5 < range.to));
  return universe.types.filter(({ from, to }) => asks.some(([bit]) => bit >>> 5 >= from && bit >>> 5 < to));
}

function keyOf({ range, action }: Cell): string {
  return `${range.from} ${action}`;
}

interface Asking {
  readonly cell: Cell;
  readonly rules: PlannedRule[];
  readonly on: Set<string>;
}

function ask(found: Map<string, Asking>, cell: Cell, rule: PlannedRule, on: readonly string[]): void {
  const asking = found.get(keyOf(cell)) ?? { cell, rules: [], on: new Set<string>() };
  found.set(keyOf(cell), asking);
  asking.rules.push(rule);
  for (const key of on) asking.on.add(key);
}

/** The cells whose rules ask about others, and which they ask about. */
function askings(planned: PlannedRules, universe: Universe): ReadonlyMap<string, Asking> {
  const found = new Map<string, Asking>();
  for (const rule of planned.rules) {
    const uses = privilegesIn(rule.plan).flatMap((at) => planned.atoms.privileges[at] ?? []);
    if (uses.length === 0) continue;
    for (const range of universe.types.filter((type) => overlaps(rule, type))) {
      const on = uses.flatMap((use) =>
        askedTypes(universe, use, range).map((asked) => keyOf({ range: asked, action: use.action })),
      );
      for (const action of actionsOf(rule)) ask(found, { range, action }, rule, on);
    }
  }
  return found;
}

function reachOf(all: ReadonlyMap<string, Asking>, from: string): ReadonlySet<string> {
  const seen = new Set(all.get(from)?.on);
  for (const key of seen) for (const next of all.get(key)?.on ?? []) seen.add(next);
  return seen;
}

/** Longest way to cells that ask nothing; those of one circle stand together. */
function levels(
  all: ReadonlyMap<string, Asking>,
): ReadonlyMap<string, { readonly level: number; readonly circle: boolean }> {
  const reach = new Map([...all.keys()].map((key) => [key, reachOf(all, key)]));
  const circle = (key: string): boolean => reach.get(key)?.has(key) === true;
  const together = (a: string, b: string): boolean => reach.get(a)?.has(b) === true && reach.get(b)?.has(a) === true;
  const known = new Map<string, number>();
  const levelOf = (key: string): number => {
    const settled = known.get(key);
    if (settled !== undefined) return settled;
    const behind = [...(reach.get(key) ?? [])].filter((other) => all.has(other) && !together(key, other));
    const level = 1 + Math.max(0, ...behind.map(levelOf));
    known.set(key, level);
    return level;
  };
  return new Map([...all.keys()].map((key) => [key, { level: levelOf(key), circle: circle(key) }]));
}

function shareOf(rule: PlannedRule, actions: readonly ActionName[], range: { from: number; to: number }): Share {
  return { rule, actions, from: Math.max(rule.from, range.from), to: Math.min(rule.to, range.to) };
}

/** Rules that ask nothing come first; then level by level what asks, circles apart. */
export function stagesOf(planned: PlannedRules, universe: Universe): readonly Stage[] {
  const asking = askings(planned, universe);
  const leveled = levels(asking);
  const quiet = planned.rules.filter(({ plan }) => privilegesIn(plan).length === 0);
  const stages: Stage[] = [{ kind: "plan", shares: quiet.map((rule) => shareOf(rule, actionsOf(rule), rule)) }];
  const deepest = Math.max(0, ...[...leveled.values()].map(({ level }) => level));
  for (let level = 1; level <= deepest; level++) {
    const here = [...asking].filter(([key]) => leveled.get(key)?.level === level);
    const circular = here.filter(([key]) => leveled.get(key)?.circle === true).map(([, { cell }]) => cell);
    const straight = here.filter(([key]) => leveled.get(key)?.circle !== true).map(([, each]) => each);
    if (circular.length > 0) stages.push({ kind: "circle", cells: circular });
    stages.push({
      kind: "plan",
      shares: straight.flatMap(({ cell, rules }) => rules.map((rule) => shareOf(rule, [cell.action], cell.range))),
    });
  }
  return stages;
}
