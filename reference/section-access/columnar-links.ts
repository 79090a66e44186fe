/**
 * The link graph on codes: every node is a set of entries (rows of a table, occurring combinations of a link key), and
 * every edge runs from a node to a link key it holds, as one slot an entry. Slot 0 links to nothing: the combination is
 * NULL (LS-VAL-05).
 */
import { narrowed, type Codes, type EncodedTables } from "./columnar-encode.ts";
import { linkGraph, type LinkNode } from "./links.ts";

export interface Edge {
  /** Position of the link key. */
  readonly key: number;
  /** Slot in the link key, by entry. */
  readonly slots: Codes;
}

export interface CodedNode {
  readonly kind: "table" | "key";
  readonly fields: readonly string[];
  /** Entries; those of a link key count from 1, entry 0 is nobody's. */
  readonly size: number;
  /** Codes of a field of the node, by entry. */
  readonly column: (field: string) => Codes;
  /** Towards the link keys it holds. */
  readonly edges: readonly Edge[];
  readonly neighbours: readonly number[];
}

export type CodedModel = readonly CodedNode[];

/** Entries to be linked: one column of codes a field, and the table an incomplete combination belongs to. */
interface Entries {
  readonly size: number;
  readonly column: (field: string) => Codes;
  readonly owner: (entry: number) => number;
}

interface KeySpace {
  readonly size: number;
  readonly column: (field: string) => Codes;
  readonly owner: (entry: number) => number;
  /** The slot of each of these entries. */
  readonly slots: (entries: Entries) => Codes;
}

function missing(what: string): RangeError {
  return new RangeError(`no ${what}`);
}

/** One field: its codes are the slots. */
function fieldSpace(model: EncodedTables, field: string): KeySpace {
  const size = model.field(field).values.length;
  let all: Codes | undefined;
  const column = (): Codes =>
    (all ??= narrowed(
      Uint32Array.from({ length: size }, (_, at) => at),
      size - 1,
    ));
  return { size, column, owner: () => 0, slots: (entries) => entries.column(field) };
}

/** Positions of pairs, in the order they were met. */
class Pairs {
  readonly #known = new Map<number, number>();
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
  }

  at(left: number, right: number): number {
    const pair = left * this.#width + right;
    const known = this.#known.get(pair);
    if (known !== undefined) return known;
    this.#known.set(pair, this.#known.size + 1);
    return this.#known.size;
  }
}

/** Several fields: the combinations that occur; one with a NULL in it is the table's own (LS-VAL-05). */
function combinationSpace(model: EncodedTables, fields: readonly string[]): KeySpace {
  const steps = fields.map((field) => new Pairs(model.field(field).values.length));
  const codes: number[][] = fields.map(() => [0]);
  const owners = [0];
  const slots = (entries: Entries): Codes => {
    const columns = fields.map((field) => entries.column(field));
    const found = new Uint32Array(entries.size);
    for (let entry = 0; entry < entries.size; entry++) {
      const held = columns.map((column) => column[entry] ?? 0);
      if (held.every((code) => code === 0)) continue;
      const owner = entries.owner(entry);
      const slot = held.reduce(
        (prefix, code, at) => steps[at]?.at(prefix, code) ?? 0,
        held.includes(0) ? owner + 1 : 0,
      );
      found[entry] = slot;
      if (slot < owners.length) continue;
      owners.push(owner);
      held.forEach((code, at) => codes[at]?.push(code));
    }
    return narrowed(found, owners.length - 1);
  };
  for (const [at, table] of model.tables.entries()) {
    if (!table.loosened && fields.every((field) => table.fields.includes(field))) slots(tableEntries(model, at));
  }
  const columns = new Map(fields.map((field, at) => [field, Uint32Array.from(codes[at] ?? [])]));
  return {
    size: owners.length,
    column: (field) => columns.get(field) ?? new Uint32Array(0),
    owner: (entry) => owners[entry] ?? 0,
    slots,
  };
}

function tableEntries(model: EncodedTables, at: number): Entries {
  const column = (field: string): Codes => {
    const codes = model.field(field).columns[at];
    if (codes === undefined) throw missing(`field ${field} in table ${at}`);
    return codes;
  };
  return { size: model.tables[at]?.size ?? 0, column, owner: () => at };
}

/** The keys a node holds: all neighbours of a table, the smaller ones of a link key. */
function heldKeys(nodes: readonly LinkNode[], node: LinkNode): readonly number[] {
  return node.neighbours.filter((at) => {
    const other = nodes[at];
    return other?.kind === "key" && (node.kind === "table" || other.fields.length < node.fields.length);
  });
}

function build(model: EncodedTables): CodedModel {
  const nodes = linkGraph(model.tables);
  const spaces = new Map<number, KeySpace>();
  const spaceOf = (at: number): KeySpace => {
    const known = spaces.get(at);
    if (known !== undefined) return known;
    const fields = nodes[at]?.fields ?? [];
    const made = fields.length === 1 ? fieldSpace(model, fields[0] ?? "") : combinationSpace(model, fields);
    spaces.set(at, made);
    return made;
  };
  return nodes.map((node, at) => {
    const entries = node.kind === "table" ? tableEntries(model, at) : spaceOf(at);
    const edges = heldKeys(nodes, node).map((key) => ({ key, slots: spaceOf(key).slots(entries) }));
    const { kind, fields, neighbours } = node;
    return { kind, fields, neighbours, size: entries.size, column: entries.column, edges };
  });
}

const models = new WeakMap<EncodedTables, CodedModel>();

/** The tables with their links, made once. Throws `not-supported` for a circular model. */
export function codedModel(model: EncodedTables): CodedModel {
  const known = models.get(model) ?? build(model);
  models.set(model, known);
  return known;
}
