/** One user's rights on all resources: terms evaluated on whole rows, stage by stage. */
import type { ActionName } from "./actions.ts";
import { addBits, addWords, hasBit } from "./matrix-bits.ts";
import type { Plan, PlannedRules, PrivilegeAtom } from "./matrix-plan.ts";
import type { LinkedSet, Person } from "./matrix-person.ts";
import type { Stage } from "./matrix-stages.ts";
import { termsOf, type Term, type Terms } from "./matrix-terms.ts";
import type { Subject } from "./subject.ts";

/** What a plan comes to on a stretch of a row: the same everywhere, or a set. */
type Outcome = boolean | Int32Array;

/** Rows by action: bit by bit, whether the user may. */
export type Rows = ReadonlyMap<ActionName, Int32Array>;

type CircleStage = Extract<Stage, { readonly kind: "circle" }>;

/** Settles the cells of a circle into the rows. */
export type Circle = (stage: CircleStage, rows: Rows, subject: Subject) => void;

/** What is granted for the same actions, until the stage ends. */
interface Gathered {
  readonly words: Int32Array;
  readonly rows: readonly Int32Array[];
  /** The words in which something may be set. */
  from: number;
  to: number;
}

interface TermStage {
  readonly kind: "terms";
  readonly terms: Terms;
  readonly gathered: readonly Gathered[];
}

/** Buffers are kept from user to user: rows handed out hold until the next user is filled. */
export class Filler {
  readonly #planned: PlannedRules;
  readonly #size: number;
  readonly #circle: Circle;
  readonly #stages: readonly (TermStage | CircleStage)[];
  readonly #rows: ReadonlyMap<ActionName, Int32Array>;
  /** The same rows, each cleared for the next user. */
  readonly #cleared: readonly Int32Array[];
  readonly #scratch: Int32Array[] = [];
  readonly #privileges: (Int32Array | undefined)[] = [];
  #users = 0;

  constructor(
    planned: PlannedRules,
    stages: readonly Stage[],
    size: number,
    how: { readonly actions: readonly ActionName[]; readonly circle: Circle },
  ) {
    this.#planned = planned;
    this.#size = size;
    this.#circle = how.circle;
    this.#rows = new Map(how.actions.map((action) => [action, new Int32Array(size)]));
    this.#cleared = [...this.#rows.values()];
    this.#stages = stages.map((stage) => (stage.kind === "circle" ? stage : this.#prepared(stage)));
  }

  #prepared({ shares }: Extract<Stage, { readonly kind: "plan" }>): TermStage {
    const terms = termsOf(shares, new Set(this.#rows.keys()));
    const gathered = terms.groups.map((actions) => ({
      words: new Int32Array(this.#size),
      rows: actions.flatMap((action) => this.#rows.get(action) ?? []),
      from: this.#size,
      to: 0,
    }));
    return { kind: "terms", terms, gathered };
  }

  /** The rows of one user. */
  rowsOf(person: Person, subject: Subject): Rows {
    this.#users += 1;
    for (let at = 0; at < this.#cleared.length; at++) this.#cleared[at]?.fill(0);
    for (const stage of this.#stages) {
      if (this.#privileges.length > 0) this.#privileges.length = 0;
      if (stage.kind === "circle") this.#circle(stage, this.#rows, subject);
      else this.#fill(stage, person);
    }
    return this.#rows;
  }

  #fill({ terms, gathered }: TermStage, person: Person): void {
    this.#call(terms.always, gathered, person);
    for (let at = 0; at < person.holdingCount; at++) {
      const called = terms.byAtom[person.holding[at] ?? 0];
      if (called !== undefined) this.#call(called, gathered, person);
    }
    for (let at = 0; at < gathered.length; at++) settle(gathered[at]);
  }

  #call(terms: readonly Term[], gathered: readonly Gathered[], person: Person): void {
    const user = this.#users;
    for (let at = 0; at < terms.length; at++) {
      const term = terms[at];
      const target = term === undefined || term.called === user ? undefined : gathered[term.group];
      if (term === undefined || target === undefined) continue;
      term.called = user;
      if (term.check !== undefined && !holdsOf(term.check, person)) continue;
      if (term.linked !== -1) addLinked(target, term, person.linked(term.linked));
      else if (term.rest === undefined) addAll(target, term);
      else this.#add(target, term, this.#evaluate(term.rest, { from: term.from, to: term.to, person }, 0));
    }
  }

  #add(target: Gathered, term: Term, outcome: Outcome): void {
    if (outcome === true) addAll(target, term);
    else if (outcome !== false) addCommon(target, term.words, outcome, term);
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
        return where.person.linked(plan.at).words;
      case "privilege":
        return this.#privilege(plan.at);
      case "not":
        return this.#inverse(this.#evaluate(plan.term, where, depth), where, depth);
      case "and":
      case "or":
        return this.#join(plan, where, depth);
    }
  }

  #buffer(depth: number): Int32Array {
    return (this.#scratch[depth] ??= new Int32Array(this.#size));
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
  #privilege(at: number): Int32Array {
    const known = this.#privileges[at];
    if (known !== undefined) return known;
    const atom = this.#planned.atoms.privileges[at];
    const words = atom === undefined ? new Int32Array(this.#size) : askingHolders(atom, this.#rows, this.#size);
    this.#privileges[at] = words;
    return words;
  }
}

interface Where {
  readonly from: number;
  readonly to: number;
  readonly person: Person;
}

interface Merge {
  readonly how: "set" | "and" | "or";
  readonly from: number;
  readonly to: number;
}

function merge(target: Int32Array, words: Int32Array, { how, from, to }: Merge): void {
  if (how === "set") for (let at = from; at < to; at++) target[at] = words[at] ?? 0;
  if (how === "and") for (let at = from; at < to; at++) target[at] = (target[at] ?? 0) & (words[at] ?? 0);
  if (how === "or") addWords(target, words, from, to);
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

function addAll(target: Gathered, { words, from, to }: Term): void {
  addWords(target.words, words, from, to);
  reach(target, from, to);
}

function addLinked(target: Gathered, { words, from, to }: Term, set: LinkedSet): void {
  const stretch = { from: Math.max(from, set.from), to: Math.min(to, set.to) };
  if (stretch.from < stretch.to) addCommon(target, words, set.words, stretch);
}

/** Adds what two sets have in common. */
function addCommon(target: Gathered, left: Int32Array, right: Int32Array, { from, to }: Stretch): void {
  const words = target.words;
  for (let at = from; at < to; at++) {
    const common = (left[at] ?? 0) & (right[at] ?? 0);
    if (common !== 0) words[at] = (words[at] ?? 0) | common;
  }
  reach(target, from, to);
}

function reach(target: Gathered, from: number, to: number): void {
  if (from < target.from) target.from = from;
  if (to > target.to) target.to = to;
}

/** Moves what was gathered into the rows. */
function settle(gathered: Gathered | undefined): void {
  if (gathered === undefined) return;
  const { words, rows, from, to } = gathered;
  for (let at = from; at < to; at++) {
    const word = words[at] ?? 0;
    if (word === 0) continue;
    words[at] = 0;
    for (let each = 0; each < rows.length; each++) {
      const row = rows[each];
      if (row !== undefined) row[at] = (row[at] ?? 0) | word;
    }
  }
  gathered.from = words.length;
  gathered.to = 0;
}

/** Whether a plan about the user alone holds. */
function holdsOf(plan: Plan, person: Person): boolean {
  switch (plan.kind) {
    case "user":
      return person.truths[plan.at] === 1;
    case "not":
      return !holdsOf(plan.term, person);
    case "and":
      return plan.terms.every((term) => holdsOf(term, person));
    case "or":
      return plan.terms.some((term) => holdsOf(term, person));
    case "constant":
      return plan.holds;
    case "resource":
    case "linked":
    case "privilege":
      return false;
  }
}

/** Resources that ask about one on which the user holds the action. */
export function askingHolders({ action, askers }: PrivilegeAtom, rows: Rows, size: number): Int32Array {
  const words = new Int32Array(size);
  const held = rows.get(action);
  if (held === undefined) return words;
  for (const [bit, bits] of askers) if (hasBit(held, bit)) addBits(words, bits);
  return words;
}
