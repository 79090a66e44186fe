/**
 * Rules turned round for filling rows: instead of asking each rule about each user, what holds of a user calls the rules it
 * can make hold. What a condition asks of resources alone is joined with what the filter covers beforehand, and rules that
 * ask the same of the user for the same actions become one.
 */
import type { ActionName } from "./actions.ts";
import { trimmed } from "./matrix-coverage.ts";
import type { Plan } from "./matrix-plan.ts";
import type { Share } from "./matrix-stages.ts";

/** Grants on `words` where what is left of the condition holds. */
export interface Term {
  readonly words: Int32Array;
  readonly from: number;
  readonly to: number;
  /** Place of the actions it grants. */
  readonly group: number;
  /** Must hold of the user, beyond what called the term. */
  readonly check: Plan | undefined;
  /** The linked atom that is left, or -1; any other condition stands in `rest`. */
  readonly linked: number;
  readonly rest: Plan | undefined;
  /** The number of the user it was last called for: several atoms may call it. */
  called: number;
}

export interface Terms {
  readonly groups: readonly (readonly ActionName[])[];
  /** Called for every user. */
  readonly always: readonly Term[];
  /** Called by an atom of the user that holds. */
  readonly byAtom: readonly (readonly Term[] | undefined)[];
}

/** A plan of conjuncts, sorted by what they ask about. */
interface Draft {
  readonly calls: readonly number[] | undefined;
  readonly check: Plan | undefined;
  readonly rest: Plan | undefined;
  readonly words: Int32Array;
}

type Side = "user" | "resource" | "both";

function sideOf(plan: Plan): Side | undefined {
  switch (plan.kind) {
    case "constant":
      return undefined;
    case "user":
    case "resource":
      return plan.kind;
    case "linked":
    case "privilege":
      return "both";
    case "not":
      return sideOf(plan.term);
    case "and":
    case "or": {
      const sides = new Set(plan.terms.flatMap((term) => sideOf(term) ?? []));
      const [only] = sides;
      return sides.size > 1 ? "both" : only;
    }
  }
}

function flat(plan: Plan, kind: "and" | "or"): readonly Plan[] {
  return plan.kind === kind ? plan.terms.flatMap((term) => flat(term, kind)) : [plan];
}

function joined(kind: "and" | "or", terms: readonly Plan[]): Plan | undefined {
  const [first] = terms;
  return terms.length > 1 ? { kind, terms } : first;
}

/** Alternatives grant one by one; those about the user alone stay together. */
function alternatives(plan: Plan): readonly Plan[] {
  const terms = flat(plan, "or");
  const users = joined(
    "or",
    terms.filter((term) => sideOf(term) === "user"),
  );
  const others = terms.filter((term) => sideOf(term) !== "user");
  return users === undefined ? others : [users, ...others];
}

/** Atoms of the user of which one holds whenever the plan does; undefined where there are none such. */
function callsOf(plan: Plan): readonly number[] | undefined {
  switch (plan.kind) {
    case "user":
      return [plan.at];
    case "constant":
      return plan.holds ? undefined : [];
    case "or": {
      const calls = plan.terms.map(callsOf);
      return calls.every((each) => each !== undefined) ? [...new Set(calls.flat())] : undefined;
    }
    case "and":
      return fewest(plan.terms.map(callsOf));
    case "not":
    case "linked":
    case "privilege":
    case "resource":
      return undefined;
  }
}

function fewest(calls: readonly (readonly number[] | undefined)[]): readonly number[] | undefined {
  return calls.reduce(
    (best, each) => (best === undefined || (each !== undefined && each.length < best.length) ? each : best),
    undefined,
  );
}

/** Whether any of the atoms that call it make it hold. */
function isCallAlone(plan: Plan): boolean {
  return plan.kind === "user" || (plan.kind === "or" && plan.terms.every(isCallAlone));
}

/** The resources on which a plan about resources alone holds. */
function wordsOf(plan: Plan, size: number): Int32Array {
  switch (plan.kind) {
    case "resource":
      return plan.words;
    case "not":
      return wordsOf(plan.term, size).map((word) => ~word);
    case "and":
    case "or": {
      const words = filled(size, plan.kind === "and");
      for (const term of plan.terms) join(plan.kind, words, wordsOf(term, size));
      return words;
    }
    case "constant":
      return filled(size, plan.holds);
    case "user":
    case "linked":
    case "privilege":
      // Never asked: sideOf tells these apart.
      return filled(size, false);
  }
}

function filled(size: number, all: boolean): Int32Array {
  return new Int32Array(size).fill(all ? -1 : 0);
}

function join(kind: "and" | "or", target: Int32Array, words: Int32Array): void {
  if (kind === "and") for (let at = 0; at < target.length; at++) target[at] = (target[at] ?? 0) & (words[at] ?? 0);
  else for (let at = 0; at < target.length; at++) target[at] = (target[at] ?? 0) | (words[at] ?? 0);
}

function draftOf(plan: Plan, { rule, from, to }: Share): Draft {
  const words = new Int32Array(rule.covered.length);
  for (let at = from; at < to; at++) words[at] = rule.covered[at] ?? 0;
  const conjuncts = flat(plan, "and");
  const users: Plan[] = [];
  const rest: Plan[] = [];
  for (const term of conjuncts) {
    const side = sideOf(term);
    if (side === "user") users.push(term);
    else if (side === "both") rest.push(term);
    else join("and", words, wordsOf(term, words.length));
  }
  const calls = fewest(users.map(callsOf));
  const checks = users.filter((term) => !isCallAlone(term) || callsOf(term)?.join() !== calls?.join());
  return { calls, check: joined("and", checks), rest: joined("and", rest), words };
}

/** Numbers for what plans ask, so that equal ones are known. */
class Names {
  readonly #sets = new Map<Int32Array, number>();

  of(plan: Plan | undefined): string {
    if (plan === undefined) return "";
    switch (plan.kind) {
      case "constant":
        return plan.holds ? "1" : "0";
      case "user":
      case "linked":
      case "privilege":
        return `${plan.kind}${plan.at}`;
      case "resource": {
        const known = this.#sets.get(plan.words) ?? this.#sets.size;
        this.#sets.set(plan.words, known);
        return `resource${known}`;
      }
      case "not":
        return `!${this.of(plan.term)}`;
      case "and":
      case "or":
        return `(${plan.terms.map((term) => this.of(term)).join(` ${plan.kind} `)})`;
    }
  }
}

interface Grown {
  readonly draft: Draft;
  readonly group: number;
}

function isNothing(words: Int32Array): boolean {
  return trimmed(words).to === 0;
}

/** The rules of a stage as far as they grant one of the actions asked for. */
export function termsOf(shares: readonly Share[], asked: ReadonlySet<ActionName>): Terms {
  const names = new Names();
  const places = new Map<string, number>();
  const groups: (readonly ActionName[])[] = [];
  const grown = new Map<string, Grown>();
  for (const share of shares) {
    const actions = share.actions.filter((action) => asked.has(action));
    if (actions.length === 0) continue;
    const group = places.get(actions.join()) ?? groups.push(actions) - 1;
    places.set(actions.join(), group);
    for (const plan of alternatives(share.rule.plan)) {
      const draft = draftOf(plan, share);
      if (draft.calls?.length === 0 || isNothing(draft.words)) continue;
      const key = [group, draft.calls?.join(), names.of(draft.check), names.of(draft.rest)].join(";");
      const known = grown.get(key);
      if (known === undefined) grown.set(key, { draft, group });
      else join("or", known.draft.words, draft.words);
    }
  }
  return { groups, ...called([...grown.values()]) };
}

function termOf({ draft: { words, check, rest }, group }: Grown): Term {
  const linked = rest?.kind === "linked" ? rest.at : -1;
  const { from, to } = trimmed(words);
  return { words, from, to, group, check, linked, rest: linked === -1 ? rest : undefined, called: 0 };
}

function called(grown: readonly Grown[]): Pick<Terms, "always" | "byAtom"> {
  const always: Term[] = [];
  const byAtom: Term[][] = [];
  for (const each of grown) {
    const term = termOf(each);
    if (each.draft.calls === undefined) always.push(term);
    else for (const at of each.draft.calls) (byAtom[at] ??= []).push(term);
  }
  return { always, byAtom };
}
