/** What one user brings to the atoms of a matrix: truths, and sets of resources. */
import { isResource, judge } from "./comparison.ts";
import { evaluate, type Privileges } from "./condition.ts";
import { addBits, addWords, type Bits, type Posting } from "./matrix-bits.ts";
import type { Effect, People, Property } from "./matrix-people.ts";
import type { LinkedAtom } from "./matrix-plan.ts";
import type { Found, Item, Scene } from "./paths.ts";
import type { Resource } from "./resources.ts";

const noPrivileges: Privileges = { holds: () => false, why: () => [] };
const none: readonly number[] = [];
const nowhere: Posting = { kind: "list", bits: [] };

/** What a user has at one property. The lists are kept from user to user; how much of them counts is told beside them. */
class Values {
  items: readonly Item[] = [];
  /** Of the values that are texts. */
  readonly effects: Effect[] = [];
  effectCount = 0;
  readonly objects: Resource[] = [];
  objectCount = 0;

  become(property: Property, { index, subject }: Scene): void {
    const items = property.read(index, subject);
    this.items = items;
    let effects = 0;
    let objects = 0;
    for (let at = 0; at < items.length; at++) {
      const item = items[at];
      if (typeof item === "string") this.effects[effects++] = property.effectOf(item);
      else if (item !== undefined && isResource(item)) this.objects[objects++] = item;
    }
    this.effectCount = effects;
    this.objectCount = objects;
  }
}

function postingAt(effect: Effect, at: number, { by, column }: LinkedAtom): Posting {
  return (effect.postings[at] ??= column.equalTo(effect.text, by === "exactText") ?? nowhere);
}

/** A set of resources made for one user after the other. */
export class LinkedSet {
  readonly words: Int32Array;
  /** The words in which something may be set. */
  from: number;
  to = 0;
  isKnown = false;

  constructor(size: number) {
    this.words = new Int32Array(size);
    this.from = size;
  }

  forget(): void {
    if (this.to > this.from) this.words.fill(0, this.from, this.to);
    this.from = this.words.length;
    this.to = 0;
    this.isKnown = false;
  }

  add(posting: Posting): void {
    if (posting.kind === "list") {
      this.addBits(posting.bits);
      return;
    }
    addWords(this.words, posting.words, posting.from, posting.to);
    this.#reach(posting.from, posting.to);
  }

  addBits(bits: Bits): void {
    if (bits.length === 0) return;
    addBits(this.words, bits);
    this.#reach((bits[0] ?? 0) >>> 5, ((bits[bits.length - 1] ?? 0) >>> 5) + 1);
  }

  #reach(from: number, to: number): void {
    if (from < this.from) this.from = from;
    if (to > this.to) this.to = to;
  }
}

/** One user in one request, and then the next: what was said of the one before holds no longer. */
export class Person {
  readonly truths: Uint8Array;
  /** The atoms of the user that hold, each once, as many as `holdingCount` says. */
  readonly holding: Int32Array;
  holdingCount = 0;
  readonly #people: People;
  readonly #values: readonly Values[];
  /** By linked atom; made when first asked for. */
  readonly #sets: (LinkedSet | undefined)[];
  #scene: Scene;

  constructor(people: People, scene: Scene) {
    this.#people = people;
    this.truths = new Uint8Array(people.atoms.user.length);
    this.holding = new Int32Array(people.atoms.user.length);
    this.#values = people.properties.map(() => new Values());
    this.#sets = people.atoms.linked.map(() => undefined);
    this.#scene = scene;
    this.become(scene);
  }

  become(scene: Scene): void {
    this.#scene = scene;
    const { properties, others } = this.#people;
    this.truths.fill(0);
    this.holdingCount = 0;
    for (let at = 0; at < this.#sets.length; at++) this.#sets[at]?.forget();
    for (let place = 0; place < properties.length; place++) {
      const property = properties[place];
      const values = this.#values[place];
      if (property === undefined || values === undefined) continue;
      values.become(property, scene);
      this.#holdAll(values);
    }
    for (const { at, condition } of others) if (evaluate(condition, scene, noPrivileges).holds) this.#hold(at);
  }

  #holdAll({ effects, effectCount }: Values): void {
    for (let each = 0; each < effectCount; each++) {
      const atoms = effects[each]?.atoms ?? none;
      for (let at = 0; at < atoms.length; at++) this.#hold(atoms[at] ?? 0);
    }
  }

  #hold(at: number): void {
    if (this.truths[at] === 1) return;
    this.truths[at] = 1;
    this.holding[this.holdingCount++] = at;
  }

  /** Resources on which the comparison of the user's values with theirs holds. */
  linked(at: number): LinkedSet {
    const set = this.#sets[at] ?? new LinkedSet(this.#people.size);
    this.#sets[at] = set;
    const atom = set.isKnown ? undefined : this.#people.atoms.linked[at];
    const values = this.#values[this.#people.placeOf[at] ?? 0];
    if (atom !== undefined && values !== undefined) this.#link(set, at, { atom, values });
    return set;
  }

  #link(set: LinkedSet, at: number, { atom, values }: { readonly atom: LinkedAtom; readonly values: Values }): void {
    set.isKnown = true;
    if (atom.by === "judging") {
      this.#judge(set, atom, values);
      return;
    }
    for (let each = 0; each < values.effectCount; each++) {
      const effect = values.effects[each];
      const posting = effect === undefined ? nowhere : postingAt(effect, at, atom);
      if (posting !== nowhere) set.add(posting);
    }
    for (let each = 0; each < values.objectCount; each++) {
      const object = values.objects[each];
      if (object !== undefined) set.addBits(atom.column.sameAs(object));
    }
  }

  #judge(set: LinkedSet, { atom, column, userSide }: LinkedAtom, mine: Found): void {
    for (const { found, members } of column.classes) {
      const [left, right] = userSide === "left" ? [mine, found] : [found, mine];
      if (judge({ atom, left, right, scene: this.#scene }).holds) set.add(members);
    }
  }
}
