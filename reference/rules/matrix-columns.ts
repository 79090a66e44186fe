/** What a path of `resource` stands for on every resource, with resources of equal values taken together. */
import type { Path } from "../../languages/rule-condition/ast.ts";
import { isResource } from "./comparison.ts";
import { addPosting, postingOf, type Posting } from "./matrix-bits.ts";
import { sceneWithout, type Universe } from "./matrix-universe.ts";
import { resolve, type Found, type Item } from "./paths.ts";
import type { Policy } from "./policy.ts";
import { isSame, resourceKey, type Resource } from "./resources.ts";

/** Resources on which the path has the same values. */
export interface ValueClass {
  readonly found: Found;
  readonly members: Posting;
}

export interface Column {
  readonly classes: readonly ValueClass[];
  /** Resources one of whose values is this text, letter case apart or not. */
  readonly equalTo: (text: string, strict: boolean) => Posting | undefined;
  /** Resources one of whose values is this resource (SR-333). */
  readonly sameAs: (resource: Resource) => readonly Posting[];
}

function signatureOf(item: Item): string {
  if (typeof item === "string") return `t${item}`;
  if (!isResource(item)) return "s";
  const { type, id, fields } = item;
  return id === "" ? `f${JSON.stringify([type, fields])}` : `r${resourceKey(type, id)}`;
}

interface Draft {
  readonly found: Found;
  readonly bits: number[];
}

interface Value {
  readonly found: Found;
  readonly signature: string;
}

type Known = Map<string, WeakMap<Resource, Value>>;

/** What paths stand for does not change while the policy stands, so the next matrix over it need not look again. */
const looked = new WeakMap<Policy["index"], Known>();

function valuesAt(known: Known, key: string): WeakMap<Resource, Value> {
  const values = known.get(key) ?? new WeakMap<Resource, Value>();
  known.set(key, values);
  return values;
}

/** Step by step, so that what lies behind a stream is looked up once and not for each of its apps. */
function lookUp(policy: Policy, path: Path): (resource: Resource) => Value {
  const known: Known = looked.get(policy.index) ?? new Map();
  looked.set(policy.index, known);
  const [first, ...rest] = path.segments;
  const values = valuesAt(known, path.segments.join(".").toLowerCase());
  const behind = rest.length === 0 ? undefined : lookUp(policy, { ...path, segments: rest });
  const step = first === undefined ? path : { ...path, segments: [first] };
  return (resource) => {
    const seen = values.get(resource);
    if (seen !== undefined) return seen;
    const here = behind === undefined ? undefined : lookUp(policy, step)(resource).found.items;
    const items =
      here === undefined || behind === undefined
        ? resolve(step, sceneWithout(policy, resource)).items
        : here.flatMap((target) => (isResource(target) ? behind(target).found.items : []));
    const value = { found: { items }, signature: items.map(signatureOf).join("\u0000") };
    values.set(resource, value);
    return value;
  };
}

function draftsOf(policy: Policy, universe: Universe, path: Path): readonly Draft[] {
  const drafts = new Map<string, Draft>();
  const valueOf = lookUp(policy, path);
  for (const [bit, resource] of universe.resources.entries()) {
    if (resource === undefined) continue;
    const { found, signature } = valueOf(resource);
    const draft = drafts.get(signature);
    if (draft === undefined) drafts.set(signature, { found, bits: [bit] });
    else draft.bits.push(bit);
  }
  return [...drafts.values()];
}

/** Bits of the classes that hold a key, by key. */
function indexed(drafts: readonly Draft[], keysOf: (item: Item) => string | undefined): Map<string, number[][]> {
  const index = new Map<string, number[][]>();
  for (const { found, bits } of drafts) {
    for (const key of new Set(found.items.map(keysOf))) {
      if (key === undefined) continue;
      const known = index.get(key);
      if (known === undefined) index.set(key, [bits]);
      else known.push(bits);
    }
  }
  return index;
}

/** Postings are made when asked for: most values are never asked for. */
function postings(index: ReadonlyMap<string, readonly number[][]>, size: number): (key: string) => Posting | undefined {
  const made = new Map<string, Posting>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const bits = index.get(key);
    if (bits === undefined) return undefined;
    const [only] = bits;
    const posting = postingOf(bits.length === 1 && only !== undefined ? only : bits.flat().sort((a, b) => a - b), size);
    made.set(key, posting);
    return posting;
  };
}

function exact(item: Item): string | undefined {
  return typeof item === "string" ? item : undefined;
}

function folded(item: Item): string | undefined {
  return typeof item === "string" ? item.toLowerCase() : undefined;
}

function identity(item: Item): string | undefined {
  return isResource(item) ? resourceKey(item.type, item.id) : undefined;
}

/** A lazy index: each kind of question costs only those who ask it. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

export function columnOf(policy: Policy, universe: Universe, path: Path): Column {
  const { size } = universe;
  const drafts = draftsOf(policy, universe, path);
  const classes = drafts.map(({ found, bits }) => ({ found, members: postingOf(bits, size) }));
  const byText = once(() => postings(indexed(drafts, folded), size));
  const byExactText = once(() => postings(indexed(drafts, exact), size));
  const byIdentity = once(() => postings(indexed(drafts, identity), size));
  const nameless = once(() =>
    drafts.some(({ found }) => found.items.some((item) => isResource(item) && item.id === "")),
  );
  return {
    classes,
    equalTo: (text, strict) => (strict ? byExactText()(text) : byText()(text.toLowerCase())),
    sameAs: (resource) => {
      if (resource.id !== "" && !nameless()) {
        const posting = byIdentity()(resourceKey(resource.type, resource.id));
        return posting === undefined ? [] : [posting];
      }
      return classes
        .filter(({ found }) => found.items.some((item) => isResource(item) && isSame(item, resource)))
        .map(({ members }) => members);
    },
  };
}

/** The resources of the classes that pass a test, as words. */
export function membersWhere(column: Column, size: number, passes: (found: Found) => boolean): Uint32Array {
  const words = new Uint32Array(size);
  for (const { found, members } of column.classes) if (passes(found)) addPosting(words, members);
  return words;
}
