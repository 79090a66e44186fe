/** What the atoms of a matrix ask of its users, by property: each value is looked at once, however many have it. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Condition, Path } from "../../languages/rule-condition/ast.ts";
import { fitter, isStrict, type Comparison, type Fitter } from "./comparison.ts";
import type { Posting } from "./matrix-bits.ts";
import type { Atoms } from "./matrix-plan.ts";
import { pathKey } from "./matrix-values.ts";
import { readerOfUser, type Item } from "./paths.ts";
import type { Policy } from "./policy.ts";
import type { ResourceIndex } from "./resources.ts";
import type { Subject } from "./subject.ts";

/** What one value settles. */
export interface Effect {
  readonly text: string;
  /** Atoms of the user that hold. */
  readonly atoms: readonly number[];
  /** Resources that have the value too, by linked atom; undefined until asked for. */
  readonly postings: (Posting | undefined)[];
}

type Places = Map<string, number[]>;

function put(places: Places, text: string, at: number): void {
  const known = places.get(text);
  if (known === undefined) places.set(text, [at]);
  else known.push(at);
}

const none: readonly number[] = [];

/** A path of the user, and the literals its values are compared with. */
export class Property {
  readonly read: (index: ResourceIndex, subject: Subject) => readonly Item[];
  readonly #folded: Places = new Map();
  readonly #exact: Places = new Map();
  readonly #fits: (Fitter & { readonly at: number })[] = [];
  readonly #effects = new Map<string, Effect>();

  constructor({ segments }: Path, dialect: Dialect) {
    this.read = readerOfUser(segments, dialect);
  }

  /** Takes an atom that holds when any one of the values makes it hold; says whether it is such a one. */
  take(at: number, atom: Comparison, policy: Pick<Policy, "dialect" | "patterns">): boolean {
    if (atom.right.kind !== "text") return false;
    const { value } = atom.right;
    switch (atom.operator) {
      case "=":
      case "==":
        if (isStrict(atom.operator, policy.dialect)) put(this.#exact, value, at);
        else put(this.#folded, value.toLowerCase(), at);
        return true;
      case "like":
      case "matches":
        this.#fits.push({ at, ...fitter(atom, policy) });
        return true;
      case "!=":
      case "!==":
        return false;
    }
  }

  effectOf(text: string): Effect {
    const known = this.#effects.get(text);
    if (known !== undefined) return known;
    const effect = { text, atoms: this.#settled(text), postings: [] };
    this.#effects.set(text, effect);
    return effect;
  }

  #settled(text: string): readonly number[] {
    const lower = text.toLowerCase();
    const folded = this.#folded.get(lower) ?? none;
    const exact = this.#exact.get(text);
    if (exact === undefined && this.#fits.length === 0) return folded;
    const fits = this.#fits.filter((fit) => fit.fits(fit.lower ? lower : text)).map(({ at }) => at);
    return [...folded, ...(exact ?? none), ...fits];
  }
}

export interface People {
  readonly atoms: Atoms;
  readonly properties: readonly Property[];
  /** By linked atom, the place of its property. */
  readonly placeOf: readonly number[];
  /** Atoms of the user that no single value settles, by their place. */
  readonly others: readonly { readonly at: number; readonly condition: Condition }[];
  /** Words of a whole row. */
  readonly size: number;
}

/** Sorts the atoms of the user into those settled value by value and those evaluated for each user. */
export function peopleOf(atoms: Atoms, policy: Pick<Policy, "patterns" | "dialect">, size: number): People {
  const places = new Map<string, number>();
  const properties: Property[] = [];
  const placeOf = (path: Path): number => {
    const key = pathKey(path);
    const place = places.get(key) ?? properties.push(new Property(path, policy.dialect)) - 1;
    places.set(key, place);
    return place;
  };
  const others: { at: number; condition: Condition }[] = [];
  for (const [at, condition] of atoms.user.entries()) {
    const path = condition.kind === "comparison" && condition.left.kind === "path" ? condition.left : undefined;
    // Whoever asks is an object, which some dialects hold against a text (SR-334).
    const property = path?.root === "user" && path.segments.length > 0 ? properties[placeOf(path)] : undefined;
    const taken = condition.kind === "comparison" && property?.take(at, condition, policy) === true;
    if (!taken) others.push({ at, condition });
  }
  return { atoms, properties, placeOf: atoms.linked.map(({ path }) => placeOf(path)), others, size };
}
