/** One user's rights on all resources: rules evaluated on whole rows, stage by stage. */
import type { ActionName } from "./actions.ts";
import { addPosting, hasBit } from "./matrix-bits.ts";
import type { Plan, PlannedRule, PlannedRules, PrivilegeAtom } from "./matrix-plan.ts";
import type { Person } from "./matrix-person.ts";
import type { Share, Stage } from "./matrix-stages.ts";
import type { Subject } from "./subject.ts";

/** What a plan comes to on a stretch of a row: the same everywhere, or a set. */
type Outcome = boolean | Uint32Array;

/** Rows by action: bit by bit, whether the user may. */
export type Rows = ReadonlyMap<ActionName, Uint32Array>;

function same(actions: readonly ActionName[]): string {
  return actions.join();
}

/** Settles the cells of a circle into the rows. */
export type Circle = (stage: Extract<Stage, { readonly kind: "circle" }>, rows: Rows, subject: Subject) => void;

interface PlanStage {
  readonly kind: "plan";
  /** Shares of the same actions share a row until the stage ends. */
  readonly groups: readonly { readonly actions: readonly ActionName[]; readonly shares: readonly Share[] }[];
}

type Prepared = PlanStage | Extract<Stage, { readonly kind: "circle" }>;

function prepared(stage: Stage): Prepared {
  if (stage.kind === "circle") return stage;
  const groups = new Map<string, { actions: readonly ActionName[]; shares: Share[] }>();
  for (const share of stage.shares) {
    const group = groups.get(same(share.actions)) ?? { actions: share.actions, shares: [] };
    groups.set(same(share.actions), group);
    group.shares.push(share);
  }
  return { kind: "plan", groups: [...groups.values()] };
}

interface Merge {
  readonly how: "set" | "and" | "or";
  readonly from: number;
  readonly to: number;
}

function merge(target: Uint32Array, words: Uint32Array, { how, from, to }: Merge): void {
  if (how === "set") for (let at = from; at < to; at++) target[at] = words[at] ?? 0;
  if (how === "and") for (let at = from; at < to; at++) target[at] = (target[at] ?? 0) & (words[at] ?? 0);
  if (how === "or") for (let at = from; at < to; at++) target[at] = (target[at] ?? 0) | (words[at] ?? 0);
}

/** Buffers are kept from user to user: rows handed out hold until the next user is filled. */
export class Filler {
  readonly #planned: PlannedRules;
  readonly #stages: readonly Prepared[];
  readonly #size: number;
  readonly #circle: Circle;
  readonly #rows: Map<ActionName, Uint32Array>;
  readonly #gathered: Uint32Array;
  readonly #scratch: Uint32Array[] = [];
  readonly #privileges: (Uint32Array | undefined)[] = [];

  constructor(
    planned: PlannedRules,
    stages: readonly Stage[],
    size: number,
    how: { actions: readonly ActionName[]; circle: Circle },
  ) {
    this.#planned = planned;
    this.#stages = stages.map(prepared);
    this.#size = size;
    this.#circle = how.circle;
    this.#rows = new Map(how.actions.map((action) => [action, new Uint32Array(size)]));
    this.#gathered = new Uint32Array(size);
  }

  /** The rows of one user. */
  rowsOf(person: Person, subject: Subject): Rows {
    for (const row of this.#rows.values()) row.fill(0);
    for (const stage of this.#stages) {
      this.#privileges.length = 0;
      if (stage.kind === "circle") this.#circle(stage, this.#rows, subject);
      else for (const group of stage.groups) this.#gather(group, person);
    }
    return this.#rows;
  }

  #gather({ actions, shares }: PlanStage["groups"][number], person: Person): void {
    const rows = actions.flatMap((action) => this.#rows.get(action) ?? []);
    if (rows.length === 0) return;
    const gathered = rows.length === 1 && rows[0] !== undefined ? rows[0] : this.#gathered.fill(0);
    let [first, last] = [this.#size, 0];
    for (const { rule, from, to } of shares) {
      if (!this.#add(gathered, rule, { from, to, person })) continue;
      first = Math.min(first, from);
      last = Math.max(last, to);
    }
    if (rows[0] === gathered) return;
    for (const row of rows) merge(row, gathered, { how: "or", from: first, to: last });
  }

  #add(target: Uint32Array, rule: PlannedRule, where: Where): boolean {
    const outcome = this.#evaluate(rule.plan, where, 0);
    if (outcome === false) return false;
    const { covered, from: first } = rule;
    const { from, to } = where;
    if (outcome === true) {
      for (let at = from; at < to; at++) target[at] = (target[at] ?? 0) | (covered[at - first] ?? 0);
    } else {
      for (let at = from; at < to; at++) {
        target[at] = (target[at] ?? 0) | ((covered[at - first] ?? 0) & (outcome[at] ?? 0));
      }
    }
    return true;
  }

  #evaluate(plan: Plan, where: Where, depth: number): Outcome {
    switch (plan.kind) {
      case "constant":
        return plan.holds;
      case "user":
        return where.person.truths[plan.at] === 1;
      case "resource":
        return plan.words;
      case "linked":
        return where.person.linked(plan.at);
      case "privilege":
        return this.#privilege(plan.at);
      case "not":
        return this.#inverse(this.#evaluate(plan.term, where, depth), where, depth);
      case "and":
      case "or":
        return this.#join(plan, where, depth);
    }
  }

  #buffer(depth: number): Uint32Array {
    return (this.#scratch[depth] ??= new Uint32Array(this.#size));
  }

  #inverse(outcome: Outcome, { from, to }: Where, depth: number): Outcome {
    if (typeof outcome === "boolean") return !outcome;
    const result = this.#buffer(depth);
    for (let at = from; at < to; at++) result[at] = ~(outcome[at] ?? 0);
    return result;
  }

  /** A term that decides alone ends it; a term that cannot matter is passed over. */
  #join({ kind, terms }: Extract<Plan, { readonly kind: "and" | "or" }>, where: Where, depth: number): Outcome {
    const { from, to } = where;
    const decides = kind === "or";
    const result = this.#buffer(depth);
    let sets = 0;
    for (const term of terms) {
      const outcome = this.#evaluate(term, where, depth + 1);
      if (outcome === decides) return decides;
      if (typeof outcome === "boolean") continue;
      merge(result, outcome, { how: sets === 0 ? "set" : kind, from, to });
      sets += 1;
    }
    return sets === 0 ? !decides : result;
  }

  /** Resources that ask about one on which the user holds the action; settled in an earlier stage. */
  #privilege(at: number): Uint32Array {
    const known = this.#privileges[at];
    if (known !== undefined) return known;
    const atom = this.#planned.atoms.privileges[at];
    const words = atom === undefined ? new Uint32Array(this.#size) : askingHolders(atom, this.#rows, this.#size);
    this.#privileges[at] = words;
    return words;
  }
}

interface Where {
  readonly from: number;
  readonly to: number;
  readonly person: Person;
}

/** Resources that ask about one on which the user holds the action. */
export function askingHolders({ action, askers }: PrivilegeAtom, rows: Rows, size: number): Uint32Array {
  const words = new Uint32Array(size);
  const held = rows.get(action);
  if (held === undefined) return words;
  for (const [bit, members] of askers) if (hasBit(held, bit)) addPosting(words, members);
  return words;
}
