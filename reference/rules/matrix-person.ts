/** What one user brings to the atoms of a matrix: truths, and sets of resources. */
import { isResource, judge } from "./comparison.ts";
import { evaluate, type Privileges } from "./condition.ts";
import { addPosting, type Posting } from "./matrix-bits.ts";
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

/** One user in one request, and then the next: what was said of the one before holds no longer. */
export class Person {
  readonly truths: Uint8Array;
  /** The atoms of the user that hold, each once, as many as `holdingCount` says. */
  readonly holding: Int32Array;
  holdingCount = 0;
  readonly #people: People;
  readonly #values: readonly Values[];
  /** By linked atom, undefined until asked for. */
  readonly #sets: (Int32Array | undefined)[];
  readonly #rows: (Int32Array | undefined)[];
  #scene: Scene;

  constructor(people: People, scene: Scene) {
    this.#people = people;
    this.truths = new Uint8Array(people.atoms.user.length);
    this.holding = new Int32Array(people.atoms.user.length);
    this.#values = people.properties.map(() => new Values());
    this.#sets = people.atoms.linked.map(() => undefined);
    this.#rows = people.atoms.linked.map(() => undefined);
    this.#scene = scene;
    this.become(scene);
  }

  become(scene: Scene): void {
    this.#scene = scene;
    const { properties, others } = this.#people;
    this.truths.fill(0);
    this.holdingCount = 0;
    for (let at = 0; at < this.#sets.length; at++) this.#sets[at] = undefined;
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

  /** Resources on which the comparison of the user's values with theirs holds. Not to be written to. */
  linked(at: number): Int32Array {
    const known = this.#sets[at];
    if (known !== undefined) return known;
    const atom = this.#people.atoms.linked[at];
    const values = this.#values[this.#people.placeOf[at] ?? 0];
    const words = atom === undefined || values === undefined ? this.#row(at) : this.#link(at, atom, values);
    this.#sets[at] = words;
    return words;
  }

  #row(at: number): Int32Array {
    const known = this.#rows[at];
    if (known !== undefined) return known.fill(0);
    const row = new Int32Array(this.#people.size);
    this.#rows[at] = row;
    return row;
  }

  #link(at: number, linked: LinkedAtom, values: Values): Int32Array {
    const { effects, effectCount, objects, objectCount } = values;
    if (linked.by === "judging") return this.#judged(at, linked, values);
    const first = effectCount === 1 && objectCount === 0 ? effects[0] : undefined;
    const only = first === undefined ? nowhere : postingAt(first, at, linked);
    if (only.kind === "words") return only.words;
    const words = this.#row(at);
    for (let each = 0; each < effectCount; each++) {
      const effect = effects[each];
      const posting = effect === undefined ? nowhere : postingAt(effect, at, linked);
      if (posting !== nowhere) addPosting(words, posting);
    }
    for (let each = 0; each < objectCount; each++) {
      const object = objects[each];
      if (object !== undefined) linked.column.addSame(words, object);
    }
    return words;
  }

  #judged(at: number, { atom, column, userSide }: LinkedAtom, mine: Found): Int32Array {
    const words = this.#row(at);
    for (const { found, members } of column.classes) {
      const [left, right] = userSide === "left" ? [mine, found] : [found, mine];
      if (judge({ atom, left, right, scene: this.#scene }).holds) addPosting(words, members);
    }
    return words;
  }
}
