/**
 * A selection spreads through a model of associated tables as a user's selection does (SA-PRP-01): a row stays possible
 * iff its own fields allow it and, towards every side on which something is selected, it has a possible partner. Rows
 * without partner on a side where nothing is selected stay (outer join).
 */
import type { Value } from "../../contract/types.ts";
import type { AppTable } from "../../reload/model.ts";
import { linkGraph, type Linkable, type LinkNode } from "./links.ts";
import { linkKey } from "./values.ts";

export interface ModelTable extends Linkable {
  readonly rows: readonly (readonly Value[])[];
}

/** Allowed values of a field, by field name. */
export type Selection = ReadonlyMap<string, (value: Value) => boolean>;

/** Whether each row of each table is possible, in the order of the tables and rows. */
export type Possible = readonly (readonly boolean[])[];

/** A record of a node: a row of a table, or an occurring combination of a link key. */
interface Entry {
  readonly values: readonly Value[];
  /** The one table an incomplete combination belongs to: NULL never links two tables (LS-VAL-05). */
  readonly owner: number;
}

interface Model {
  readonly nodes: readonly LinkNode[];
  readonly entries: readonly (readonly Entry[])[];
  readonly selection: Selection;
  /** Whether something is selected at the node itself. */
  readonly selected: readonly boolean[];
}

/** A link key's name for the entry's combination; undefined where all of it is NULL. */
function combination(entry: Entry, fields: readonly string[], key: readonly string[]): string | undefined {
  const parts = key.map((field) => linkKey(entry.values[fields.indexOf(field)] ?? null));
  if (parts.every((part) => part === undefined)) return undefined;
  const owner = parts.includes(undefined) ? `@${entry.owner}` : "";
  return owner + parts.map((part) => (part === undefined ? "-" : `${part.length}:${part}`)).join("");
}

function occurringCombinations(key: LinkNode, tables: readonly ModelTable[]): Entry[] {
  const found = new Map<string, Entry>();
  tables.forEach((table, owner) => {
    if (table.loosened === true || !key.fields.every((field) => table.fields.includes(field))) return;
    for (const values of table.rows) {
      const name = combination({ values, owner }, table.fields, key.fields);
      if (name === undefined || found.has(name)) continue;
      found.set(name, { values: key.fields.map((field) => values[table.fields.indexOf(field)] ?? null), owner });
    }
  });
  return [...found.values()];
}

/** A field's selection lies at the smallest node holding it: its table if it has one alone, else its link key. */
function selectedNodes(nodes: readonly LinkNode[], selection: Selection): boolean[] {
  const selected = nodes.map(() => false);
  for (const field of selection.keys()) {
    const holders = [...nodes.keys()].filter((at) => nodes[at]?.fields.includes(field) === true);
    const keys = holders.filter((at) => nodes[at]?.kind === "key");
    const smallest = keys.sort((a, b) => (nodes[a]?.fields.length ?? 0) - (nodes[b]?.fields.length ?? 0))[0];
    for (const at of smallest === undefined ? holders : [smallest]) selected[at] = true;
  }
  return selected;
}

function modelOf(tables: readonly ModelTable[], selection: Selection): Model {
  const nodes = linkGraph(tables);
  const entries = nodes.map((node, at) => {
    const table = tables[at];
    if (table !== undefined) return table.rows.map((values) => ({ values, owner: at }));
    return occurringCombinations(node, tables);
  });
  return { nodes, entries, selection, selected: selectedNodes(nodes, selection) };
}

function nodeAt(model: Model, at: number): LinkNode {
  const node = model.nodes[at];
  if (node === undefined) throw new RangeError(`no node ${at}`);
  return node;
}

/** Whether something is selected at `at` or anywhere beyond it, seen from its neighbour `from`. */
function selectedBehind(model: Model, at: number, from: number): boolean {
  if (model.selected[at] === true) return true;
  return nodeAt(model, at).neighbours.some((next) => next !== from && selectedBehind(model, next, at));
}

function allowedByOwnFields(model: Model, node: LinkNode): (entry: Entry) => boolean {
  const checks = node.fields.flatMap((field, column) => {
    const allows = model.selection.get(field);
    return allows === undefined ? [] : [{ column, allows }];
  });
  return (entry) => checks.every(({ column, allows }) => allows(entry.values[column] ?? null));
}

/** Two neighbours link on the fields of their link key, two link keys on those of the smaller one. */
function linkFields(a: LinkNode, b: LinkNode): readonly string[] {
  if (a.kind === "table") return b.fields;
  return b.kind === "table" || a.fields.length < b.fields.length ? a.fields : b.fields;
}

/** Whether an entry of `at` is possible, leaving aside the side it is asked from. */
function possibleSeenFrom(model: Model, at: number, from: number): (entry: Entry) => boolean {
  const node = nodeAt(model, at);
  const own = allowedByOwnFields(model, node);
  const sides = node.neighbours
    .filter((next) => next !== from && selectedBehind(model, next, at))
    .map((next) => {
      const key = linkFields(node, nodeAt(model, next));
      return { key, partners: partnersAt(model, next, at, key) };
    });
  return (entry) =>
    own(entry) &&
    sides.every(({ key, partners }) => {
      const name = combination(entry, node.fields, key);
      return name !== undefined && partners.has(name);
    });
}

/** The combinations for which `at` has a possible entry, seen from its neighbour `from`. */
function partnersAt(model: Model, at: number, from: number, key: readonly string[]): ReadonlySet<string> {
  const possible = possibleSeenFrom(model, at, from);
  const names = new Set<string>();
  for (const entry of model.entries[at] ?? []) {
    if (!possible(entry)) continue;
    const name = combination(entry, nodeAt(model, at).fields, key);
    if (name !== undefined) names.add(name);
  }
  return names;
}

export interface LinkedModel {
  readonly model: readonly AppTable[];
  readonly selection: Selection;
}

/** The app for which `cut` fields link nothing: each table then has a field of its own in their place (SA-OMT-09). */
export function linked(tables: readonly AppTable[], selection: Selection, cut: readonly string[]): LinkedModel {
  const own = (field: string, at: number): string => (cut.includes(field) ? `${field} of table ${at + 1}` : field);
  return {
    model: tables.map((table, at) => Object.assign({}, table, { fields: table.fields.map((field) => own(field, at)) })),
    selection: new Map(
      [...selection].flatMap(([field, allows]) => [...tables.keys()].map((at) => [own(field, at), allows] as const)),
    ),
  };
}

/** The rows that remain possible under the selection. Throws `not-supported` for a circular model. */
export function possibleRows(tables: readonly ModelTable[], selection: Selection): Possible {
  const model = modelOf(tables, selection);
  return tables.map((_, at) => {
    const possible = possibleSeenFrom(model, at, -1);
    return (model.entries[at] ?? []).map((entry) => possible(entry));
  });
}
