/** Conditions as text (SR grammar §2.1): nested, in every spelling the language allows, of atoms directed by the site. */
import type { Dice } from "../dice.ts";
import { printAtom, type Atom } from "./atoms.ts";
import { drawAtom, type Scope } from "./directed.ts";

export interface Condition {
  readonly text: string;
  /** Of which it is made; none where it is blank or broken. */
  readonly atoms: readonly Atom[];
}

const junctions = [" and ", " or ", " && ", "||", "\n or\t", ") and ("] as const;

export const brokenConditions = [
  'user.group="Sales',
  'user.group="Sales" AND user.department="Buying"',
  "resource.name like user.group",
  "!resource.published",
  'user.environment.group.indexOf("Sales") >= 0',
] as const;

/** As written by people: functions and names in any letter case. */
function spelt(written: string, dice: Dice): string {
  if (dice.below(6) !== 0) return written;
  return written.replace(/\.(Empty|IsAnonymous|HasPrivilege)\(/, (name) => name.toLowerCase());
}

class Writing {
  readonly atoms: Atom[] = [];
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  atom(negatable: boolean): string {
    const { settings, dice } = this.#scope;
    const atom = drawAtom(
      this.#scope,
      negatable ? settings.negatedPrivileges && settings.privileges : settings.privileges,
    );
    this.atoms.push(atom);
    return spelt(printAtom(atom, dice.chance(0.5) ? " " : ""), dice);
  }

  /** Terms in a row, some joined without parentheses, so that precedence shows (SR-301). */
  row(term: () => string, most: number): string {
    const { dice } = this.#scope;
    const first = term();
    const others = Array.from({ length: dice.below(Math.max(1, most)) }, () => dice.pick(junctions) + term());
    const body = first + others.join("");
    return body.includes(") and (") ? `(${body})` : body;
  }

  term(): string {
    const { settings, dice } = this.#scope;
    const turn = dice.below(settings.negation ? 13 : 10);
    if (turn < 8) return this.atom(false);
    if (turn < 10) return `(${this.row(() => this.atom(false), 3)})`;
    if (turn === 10) return `!(${this.row(() => this.atom(true), 3)})`;
    const negated = this.atom(true);
    return negated.endsWith(")") ? `!${negated}` : `!(${negated})`;
  }

  whole(): string {
    const { settings, dice } = this.#scope;
    return dice.chance(0.3) ? this.atom(false) : this.row(() => this.term(), settings.mostTerms);
  }
}

/** A condition; now and then blank (SR-109) or broken (SR-110). */
export function drawCondition(scope: Scope): Condition {
  const { settings, dice } = scope;
  if (dice.chance(settings.broken)) return { text: dice.pick(brokenConditions), atoms: [] };
  if (dice.chance(settings.blank)) return { text: "", atoms: [] };
  const writing = new Writing(scope);
  return { text: writing.whole(), atoms: writing.atoms };
}
