/** What one user brings to the atoms of a matrix: truths, and sets of resources. */
import type { Condition, Path } from "../../languages/rule-condition/ast.ts";
import { isResource, isShared, isStrict, judge } from "./comparison.ts";
import { evaluate, type Privileges } from "./condition.ts";
import { addPosting } from "./matrix-bits.ts";
import type { Atoms, LinkedAtom } from "./matrix-plan.ts";
import { resolve, type Found, type Scene } from "./paths.ts";
import type { Resource } from "./resources.ts";

const noPrivileges: Privileges = { holds: () => false, why: () => [] };

/** Atoms `user.x = "literal"`, found by the user's values instead of one by one. */
interface Lookup {
  readonly path: Path;
  readonly key: string;
  readonly literals: ReadonlyMap<string, readonly number[]>;
}

export interface People {
  readonly lookups: readonly Lookup[];
  /** The other atoms of the user, by their place. */
  readonly others: readonly { readonly at: number; readonly condition: Condition }[];
}

function nameOf({ root, segments }: Path): string {
  return [root, ...segments].join(".").toLowerCase();
}

function literalOf(condition: Condition): { readonly path: Path; readonly text: string } | undefined {
  if (condition.kind !== "comparison" || condition.operator !== "=") return undefined;
  const { left, right } = condition;
  if (left.kind !== "path" || left.root !== "user" || left.segments.length === 0) return undefined;
  if (right.kind !== "text") return undefined;
  return { path: left, text: right.value.toLowerCase() };
}

/** Sorts the atoms of the user into those looked up and those evaluated. */
export function peopleOf({ user }: Atoms): People {
  const lookups = new Map<string, { path: Path; key: string; literals: Map<string, number[]> }>();
  const others: { at: number; condition: Condition }[] = [];
  for (const [at, condition] of user.entries()) {
    const literal = literalOf(condition);
    if (literal === undefined) {
      others.push({ at, condition });
      continue;
    }
    const key = nameOf(literal.path);
    const lookup = lookups.get(key) ?? { path: literal.path, key, literals: new Map<string, number[]>() };
    lookups.set(key, lookup);
    const known = lookup.literals.get(literal.text);
    if (known === undefined) lookup.literals.set(literal.text, [at]);
    else known.push(at);
  }
  return { lookups: [...lookups.values()], others };
}

/** What a User row alone says, kept while the site stands; by the names under which it is asked for. */
const ofRows = new WeakMap<Resource, { readonly as: string; readonly found: Map<string, Found> }>();

/** Values seen before of a user of whom the site's row says everything; a fresh map for anybody else. */
function keptValues({ subject }: Scene): Map<string, Found> {
  const { principal, row, context } = subject;
  const { groups, attributes, session } = principal;
  const bare = groups.length === 0 && Object.keys(attributes).length === 0 && Object.keys(session).length === 0;
  if (!bare || row.id === "") return new Map();
  const as = `${principal.directory}\\${principal.id} ${context}`;
  const known = ofRows.get(row);
  if (known?.as === as) return known.found;
  const found = new Map<string, Found>();
  ofRows.set(row, { as, found });
  return found;
}

/** Where the sets of a user are made. */
export class Buffers {
  readonly #size: number;
  readonly #words: (Uint32Array | undefined)[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  of(at: number): Uint32Array {
    const words = this.#words[at]?.fill(0) ?? new Uint32Array(this.#size);
    this.#words[at] = words;
    return words;
  }
}

/** One user in one request. Sets are made when first asked for and kept for this user. */
export class Person {
  readonly truths: Uint8Array;
  readonly #scene: Scene;
  readonly #atoms: Atoms;
  readonly #found: Map<string, Found>;
  readonly #sets: (Uint32Array | undefined)[] = [];
  readonly #buffers: Buffers;

  /** With buffers of an earlier user, that user is gone. */
  constructor(scene: Scene, people: People, atoms: Atoms, buffers: Buffers) {
    this.#scene = scene;
    this.#atoms = atoms;
    this.#buffers = buffers;
    this.#found = keptValues(scene);
    this.truths = new Uint8Array(atoms.user.length);
    for (const { path, key, literals } of people.lookups) {
      for (const item of this.#valuesOf(path, key).items) {
        if (typeof item !== "string") continue;
        for (const at of literals.get(item.toLowerCase()) ?? []) this.truths[at] = 1;
      }
    }
    for (const { at, condition } of people.others) {
      this.truths[at] = evaluate(condition, scene, noPrivileges).holds ? 1 : 0;
    }
  }

  #valuesOf(path: Path, key: string): Found {
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const found = resolve(path, this.#scene);
    this.#found.set(key, found);
    return found;
  }

  /** Resources on which the comparison of the user's values with theirs holds. */
  linked(at: number): Uint32Array {
    const known = this.#sets[at];
    if (known !== undefined) return known;
    const words = this.#buffers.of(at);
    const atom = this.#atoms.linked[at];
    if (atom !== undefined) this.#link(atom, words);
    this.#sets[at] = words;
    return words;
  }

  #link({ atom, userSide, path, column }: LinkedAtom, words: Uint32Array): void {
    const mine = this.#valuesOf(path, nameOf(path));
    const { dialect } = this.#scene;
    if (!isShared(atom.operator, dialect)) {
      for (const { found, members } of column.classes) {
        const [left, right] = userSide === "left" ? [mine, found] : [found, mine];
        if (judge({ atom, left, right, scene: this.#scene }).holds) addPosting(words, members);
      }
      return;
    }
    for (const item of mine.items) {
      if (typeof item === "string") {
        const posting = column.equalTo(item, isStrict(atom.operator, dialect));
        if (posting !== undefined) addPosting(words, posting);
      } else if (isResource(item)) {
        for (const posting of column.sameAs(item)) addPosting(words, posting);
      }
    }
  }
}
