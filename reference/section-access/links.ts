/**
 * How tables associate: a graph of tables and link keys. A field that several tables hold is one link key joining them
 * all; two tables that share several fields link on the combinations (a synthetic key, SA-PRP-06). Loops are refused.
 */
import { ConformanceError } from "../../contract/errors.ts";

export interface Linkable {
  readonly name: string;
  readonly fields: readonly string[];
  /** Said to be loosely coupled: it has no associations (SA-PRP-07). */
  readonly loosened?: boolean;
}

export interface LinkNode {
  /** Table name, or the fields of the link key. */
  readonly label: string;
  readonly kind: "table" | "key";
  readonly fields: readonly string[];
  /** Positions of the neighbours: of a table link keys, of a link key tables and larger or smaller link keys. */
  readonly neighbours: number[];
}

type FieldSet = readonly string[];

function within(part: FieldSet, whole: FieldSet): boolean {
  return part.every((field) => whole.includes(field));
}

function shared(a: FieldSet, b: FieldSet): FieldSet {
  return a.filter((field) => b.includes(field)).sort();
}

/** Every set of fields two tables have in common, closed under intersection. */
function linkKeys(tables: readonly Linkable[]): FieldSet[] {
  const found = new Map<string, FieldSet>();
  const pending: FieldSet[] = tables.flatMap((table, at) =>
    tables.slice(at + 1).map((other) => shared(table.fields, other.fields)),
  );
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const key = JSON.stringify(next);
    if (next.length === 0 || found.has(key)) continue;
    for (const other of found.values()) pending.push(shared(next, other));
    found.set(key, next);
  }
  return [...found.values()].sort((a, b) => b.length - a.length);
}

/** Link keys a node holds directly: those not already reached through a larger one. */
function directKeys(fields: FieldSet, keys: readonly FieldSet[]): FieldSet[] {
  const held = keys.filter((key) => within(key, fields));
  return held.filter((key) => !held.some((other) => other.length > key.length && within(key, other)));
}

function connect(nodes: readonly LinkNode[], from: number, to: number): void {
  nodes[from]?.neighbours.push(to);
  nodes[to]?.neighbours.push(from);
}

/** Tables in their given order, then the link keys. Throws `not-supported` for a loop. */
export function linkGraph(tables: readonly Linkable[]): readonly LinkNode[] {
  const keys = linkKeys(tables.filter((table) => table.loosened !== true));
  const nodes: LinkNode[] = [
    ...tables.map(({ name, fields }) => ({ label: name, kind: "table" as const, fields, neighbours: [] })),
    ...keys.map((fields) => ({ label: fields.join("+"), kind: "key" as const, fields, neighbours: [] })),
  ];
  const place = (key: FieldSet): number => tables.length + keys.indexOf(key);
  tables.forEach((table, at) => {
    if (table.loosened === true) return;
    for (const key of directKeys(table.fields, keys)) connect(nodes, at, place(key));
  });
  for (const key of keys) {
    const smaller = keys.filter((other) => other.length < key.length);
    for (const part of directKeys(key, smaller)) connect(nodes, place(key), place(part));
  }
  refuseLoop(nodes);
  return nodes;
}

function refuseLoop(nodes: readonly LinkNode[]): void {
  const seen = new Set<number>();
  for (const start of nodes.keys()) {
    if (seen.has(start)) continue;
    const loop = findLoop(nodes, start, seen);
    if (loop !== undefined) throw circular(loop.map((at) => nodes[at]).filter((node) => node !== undefined));
  }
}

/** Walks one component; the trail from a node met twice is a loop. */
function findLoop(nodes: readonly LinkNode[], start: number, seen: Set<number>): number[] | undefined {
  const cameFrom = new Map<number, number>([[start, -1]]);
  const pending = [start];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    seen.add(at);
    for (const next of nodes[at]?.neighbours ?? []) {
      if (next === cameFrom.get(at)) continue;
      if (cameFrom.has(next)) return closeLoop(trail(cameFrom, at), trail(cameFrom, next));
      cameFrom.set(next, at);
      pending.push(next);
    }
  }
  return undefined;
}

function trail(cameFrom: ReadonlyMap<number, number>, from: number): number[] {
  const path: number[] = [];
  for (let at = from; at >= 0; at = cameFrom.get(at) ?? -1) path.push(at);
  return path;
}

/** Two ways back to the root, cut where they meet. */
function closeLoop(one: readonly number[], other: readonly number[]): number[] {
  const meeting = one.find((at) => other.includes(at)) ?? -1;
  const back = other.slice(0, other.indexOf(meeting)).reverse();
  return [...one.slice(0, one.indexOf(meeting) + 1), ...back];
}

function circular(loop: readonly LinkNode[]): ConformanceError {
  const tables = loop.filter((node) => node.kind === "table").map((node) => node.label);
  const names = loop.map((node) => (node.kind === "table" ? node.label : `[${node.label}]`));
  const closed = [...names, names[0] ?? ""].join(" - ");
  return new ConformanceError("not-supported", `the tables ${tables.join(", ")} link in a loop: ${closed}`, {
    expected: "a data model without circular references",
    remedy: `say LOOSEN TABLE ${tables[0] ?? ""}; or rename a field of the loop`,
  });
}
