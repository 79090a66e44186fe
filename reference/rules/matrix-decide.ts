/**
 * Single decisions out of many on one site, each with the rules that grant it. What can be said of a user alone and of a
 * resource alone is kept as sets of rules; only rules that compare the two are evaluated for the pair.
 */
import type { Principal } from "../../contract/types.ts";
import type { ActionName } from "./actions.ts";
import { actionBits } from "./actions.ts";
import { hasBit, setBit } from "./matrix-bits.ts";
import type { Person } from "./matrix-person.ts";
import type { Plan, PlannedRule } from "./matrix-plan.ts";
import { axesReady, type MatrixAxes, type Ready } from "./matrix.ts";
import type { Policy } from "./policy.ts";

/** Answers with the numbers of users and resources on the axes. */
export interface Decider {
  /** Names of the rules that grant it, in the order of the site; none: it is denied. */
  readonly granting: (user: number, resource: number, action: ActionName) => readonly string[];
}

/** What is known of one user, made when he is first asked about. */
interface Kept {
  readonly person: Person;
  readonly rules: Int32Array;
  readonly privileges: () => readonly Int32Array[];
}

type Known = (plan: Plan) => boolean | undefined;

/** A plan with some atoms unknown: true, false, or not decided. */
function partly(plan: Plan, known: Known): boolean | undefined {
  switch (plan.kind) {
    case "constant":
      return plan.holds;
    case "not": {
      const inner = partly(plan.term, known);
      return inner === undefined ? undefined : !inner;
    }
    case "and":
    case "or": {
      const decides = plan.kind === "or";
      const terms = new Set(plan.terms.map((term) => partly(term, known)));
      if (terms.has(decides)) return decides;
      return terms.has(undefined) ? undefined : !decides;
    }
    case "user":
    case "resource":
    case "linked":
    case "privilege":
      return known(plan);
  }
}

const oneSided: ReadonlySet<Plan["kind"]> = new Set(["constant", "user", "resource"]);

/** Whether it holds for a pair as soon as it may hold for the user and may hold for the resource. */
function isApart(plan: Plan): boolean {
  return plan.kind === "and" ? plan.terms.every(({ kind }) => oneSided.has(kind)) : oneSided.has(plan.kind);
}

function rulesWhere(rules: readonly PlannedRule[], holds: (rule: PlannedRule) => boolean): Int32Array {
  const words = new Int32Array((rules.length + 31) >>> 5);
  for (const [at, rule] of rules.entries()) if (holds(rule)) setBit(words, at);
  return words;
}

function covers({ covered, from, to }: PlannedRule, bit: number): boolean {
  const word = bit >>> 5;
  return word >= from && word < to && hasBit(covered, bit);
}

class Bench implements Decider {
  readonly #users: readonly Principal[];
  readonly #ready: Ready;
  readonly #rules: readonly PlannedRule[];
  readonly #kept: (Kept | undefined)[] = [];
  readonly #ofResource: (Int32Array | undefined)[] = [];
  readonly #ofAction = new Map<ActionName, Int32Array>();
  readonly #apart: Int32Array;

  constructor(ready: Ready, users: readonly Principal[]) {
    this.#ready = ready;
    this.#users = users;
    this.#rules = ready.planned.rules;
    this.#apart = rulesWhere(this.#rules, ({ plan }) => isApart(plan));
  }

  #user(at: number, principal: Principal): Kept {
    const known = this.#kept[at];
    if (known !== undefined) return known;
    const person = this.#ready.personOf(principal);
    const truth: Known = (plan) => (plan.kind === "user" ? person.truths[plan.at] === 1 : undefined);
    let privileges: readonly Int32Array[] | undefined;
    const kept: Kept = {
      person,
      rules: rulesWhere(this.#rules, ({ plan }) => partly(plan, truth) !== false),
      privileges: () => (privileges ??= this.#ready.privilegesOf(principal)),
    };
    this.#kept[at] = kept;
    return kept;
  }

  #resource(bit: number): Int32Array {
    const known = this.#ofResource[bit];
    if (known !== undefined) return known;
    const truth: Known = (plan) => (plan.kind === "resource" ? hasBit(plan.words, bit) : undefined);
    const rules = rulesWhere(this.#rules, (rule) => covers(rule, bit) && partly(rule.plan, truth) !== false);
    this.#ofResource[bit] = rules;
    return rules;
  }

  #action(action: ActionName): Int32Array {
    const known = this.#ofAction.get(action);
    if (known !== undefined) return known;
    const rules = rulesWhere(this.#rules, ({ rule }) => (rule.actions & actionBits[action]) !== 0);
    this.#ofAction.set(action, rules);
    return rules;
  }

  #holds(plan: Plan, kept: Kept, bit: number): boolean {
    switch (plan.kind) {
      case "constant":
        return plan.holds;
      case "user":
        return kept.person.truths[plan.at] === 1;
      case "resource":
        return hasBit(plan.words, bit);
      case "linked":
        return hasBit(kept.person.linked(plan.at).words, bit);
      case "privilege": {
        const asking = kept.privileges()[plan.at];
        return asking !== undefined && hasBit(asking, bit);
      }
      case "not":
        return !this.#holds(plan.term, kept, bit);
      case "and":
        return plan.terms.every((term) => this.#holds(term, kept, bit));
      case "or":
        return plan.terms.some((term) => this.#holds(term, kept, bit));
    }
  }

  granting(user: number, resource: number, action: ActionName): readonly string[] {
    const principal = this.#users[user];
    const seat = this.#ready.seatOf(resource, action);
    if (principal === undefined || seat === "nowhere") return [];
    if (seat === "spec") return this.#ready.bySpec(principal, resource, action);
    const kept = this.#user(user, principal);
    const ofResource = this.#resource(seat);
    const ofAction = this.#action(action);
    const names: string[] = [];
    for (let at = 0; at < ofAction.length; at++) {
      let word = (kept.rules[at] ?? 0) & (ofResource[at] ?? 0) & (ofAction[at] ?? 0);
      while (word !== 0) {
        const low = 31 - Math.clz32(word & -word);
        word &= word - 1;
        const rule = this.#rules[at * 32 + low];
        if (rule === undefined) continue;
        const granted = hasBit(this.#apart, at * 32 + low) || this.#holds(rule.plan, kept, seat);
        if (granted) names.push(rule.rule.name);
      }
    }
    return names;
  }
}

/** Makes single decisions ready for one set of users and resources. */
export function deciderOf(policy: Policy, axes: MatrixAxes, users: readonly Principal[]): Decider {
  return new Bench(axesReady(policy, axes), users);
}
