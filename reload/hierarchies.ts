/** Tables of nodes and parents made into tables of levels or of ancestors (HIERARCHY, HIERARCHYBELONGSTO; LS-MOD-11). */
import type { Value } from "../contract/types.ts";
import type { HierarchyFields, TableTransformation } from "../languages/load-script/ast.ts";
import { keyOf, textOf } from "./values.ts";

export interface LoadedRows {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

/** How a transformation says what is wrong, and that it has made rows. */
export interface Making {
  readonly fail: (message: string, remedy: string) => Error;
  readonly count: (rows: number) => void;
}

/** Deeper hierarchies are refused: each level is a field. */
const maximalLevels = 500;

interface Tree {
  readonly table: LoadedRows;
  readonly node: number;
  readonly name: number;
  readonly parent: number;
  /** Numbers of the rows below a node, by the node's key. */
  readonly children: ReadonlyMap<string, readonly number[]>;
  readonly roots: readonly number[];
}

export function columnOf(table: LoadedRows, field: string, { fail }: Making): number {
  const column = table.fields.indexOf(field);
  if (column !== -1) return column;
  throw fail(`there is no field ${JSON.stringify(field)}`, "name fields the LOAD gives; letter case counts");
}

function treeOf(table: LoadedRows, fields: HierarchyFields, making: Making): Tree {
  const node = columnOf(table, fields.node, making);
  const parent = columnOf(table, fields.parent, making);
  const name = columnOf(table, fields.name, making);
  const nodes = new Set(table.rows.map((row) => keyOf(row[node] ?? null)));
  const children = new Map<string, number[]>();
  const roots: number[] = [];
  for (const [index, row] of table.rows.entries()) {
    const above = row[parent] ?? null;
    const key = keyOf(above);
    if (above === null || !nodes.has(key)) {
      roots.push(index);
      continue;
    }
    const known = children.get(key);
    if (known === undefined) children.set(key, [index]);
    else known.push(index);
  }
  return { table, node, name, parent, children, roots };
}

/** Visits every path from a root, as row numbers; a path never meets a node twice, so that circles are left out. */
function visitPaths(tree: Tree, { fail }: Making, visit: (path: readonly number[]) => void): void {
  const keyAt = (index: number): string => keyOf(tree.table.rows[index]?.[tree.node] ?? null);
  const onPath = new Set<string>();
  const path: number[] = [];
  const descend = (index: number): void => {
    const key = keyAt(index);
    if (onPath.has(key)) return;
    if (path.length >= maximalLevels) {
      throw fail(`the hierarchy has more than ${maximalLevels} levels`, "look for a node that is its own ancestor");
    }
    path.push(index);
    onPath.add(key);
    visit(path);
    for (const child of tree.children.get(key) ?? []) descend(child);
    onPath.delete(key);
    path.pop();
  };
  for (const root of tree.roots) descend(root);
}

type Hierarchy = TableTransformation & { readonly kind: "hierarchy" };

/** The paths to each row, in the order of the rows. */
function pathsByRow(tree: Tree, making: Making): readonly (readonly (readonly number[])[])[] {
  const paths: (readonly number[])[][] = tree.table.rows.map(() => []);
  visitPaths(tree, making, () => making.count(1));
  visitPaths(tree, making, (path) => void paths[path.at(-1) ?? 0]?.push([...path]));
  return paths;
}

/** Every level in a field of its own (`Name1`, `Name2` …), and parent, path and depth where a name is given for them. */
export function expandHierarchy(table: LoadedRows, prefix: Hierarchy, making: Making): LoadedRows {
  const tree = treeOf(table, prefix, making);
  const source = columnOf(table, prefix.pathSource ?? prefix.name, making);
  const found = pathsByRow(tree, making);
  const levels = found.flat().reduce((most, path) => Math.max(most, path.length), 0);
  const valueAt = (index: number | undefined, column: number): Value =>
    index === undefined ? null : (table.rows[index]?.[column] ?? null);
  const extra: readonly (readonly [string | undefined, (path: readonly number[]) => Value])[] = [
    [prefix.parentName, (path) => valueAt(path.at(-2), tree.name)],
    [
      prefix.pathName,
      (path) => path.map((index) => textOf(valueAt(index, source)) ?? "").join(prefix.pathDelimiter ?? "/"),
    ],
    [prefix.depth, (path) => path.length],
  ];
  const added = extra.flatMap(([name, of]) => (name === undefined ? [] : [{ name, of }]));
  const levelNames = Array.from({ length: levels }, (_, level) => `${prefix.name}${level + 1}`);
  const rows = found.flatMap((paths, index) =>
    paths.map((path) => [
      ...(table.rows[index] ?? []),
      ...levelNames.map((_, level) => valueAt(path[level], tree.name)),
      ...added.map(({ of }) => of(path)),
    ]),
  );
  return { fields: [...table.fields, ...levelNames, ...added.map(({ name }) => name)], rows };
}

type BelongsTo = TableTransformation & { readonly kind: "hierarchybelongsto" };

/** A row of each node with each of its ancestors and itself; the parent's field gives way to them. */
export function ancestorsOf(table: LoadedRows, prefix: BelongsTo, making: Making): LoadedRows {
  const tree = treeOf(table, prefix, making);
  const kept = table.fields.flatMap((field, column) => (column === tree.parent ? [] : [{ field, column }]));
  const byRow: Value[][][] = table.rows.map(() => []);
  // Counted before any is made: nodes of several parents can make very many.
  visitPaths(tree, making, ({ length }) => making.count(length));
  visitPaths(tree, making, (path) => {
    const index = path.at(-1) ?? 0;
    const own = kept.map(({ column }) => table.rows[index]?.[column] ?? null);
    for (let difference = 0; difference < path.length; difference += 1) {
      const ancestor = table.rows[path.at(-1 - difference) ?? 0] ?? [];
      const depth = prefix.depthDifference === undefined ? [] : [difference];
      byRow[index]?.push([...own, ancestor[tree.node] ?? null, ancestor[tree.name] ?? null, ...depth]);
    }
  });
  const depth = prefix.depthDifference === undefined ? [] : [prefix.depthDifference];
  return {
    fields: [...kept.map(({ field }) => field), prefix.ancestorId, prefix.ancestorName, ...depth],
    rows: byRow.flat(),
  };
}
