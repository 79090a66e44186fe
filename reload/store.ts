/** Puts what a LOAD made into the section's tables (LS-LOAD-07, LS-MOD-01 … LS-MOD-07). */
import type { Value } from "../contract/types.ts";
import type { Load, Prefix } from "../languages/load-script/ast.ts";
import { append, create, freeName, join, keep, sameFields } from "./destinations.ts";
import type { Loaded } from "./destinations.ts";
import { compile, noRow } from "./expressions.ts";
import { isOn, storing } from "./field-values.ts";
import type { LoadedRows, Making } from "./hierarchies.ts";
import { passOn, runStage } from "./load.ts";
import { mappingKey } from "./record-functions.ts";
import { filePaths } from "./script-files.ts";
import { readRecords } from "./sources.ts";
import type { Records } from "./sources.ts";
import { countRows, findTable, lookupOrder, runError } from "./state.ts";
import type { Domain, Found, Located, State } from "./state.ts";
import { wantedName } from "./table-names.ts";
import { genericTables, transformationsOf, transformed } from "./transformations.ts";
import { keyOf, numberOf, stripped, textOf } from "./values.ts";
import { variableScope } from "./variables.ts";

type Combination = Extract<Prefix, { readonly kind: "concatenate" | "join" | "keep" }>;

function has(load: Load, kind: Prefix["kind"]): boolean {
  return load.prefixes.some((prefix) => prefix.kind === kind);
}

function combinationOf(load: Load): Combination | undefined {
  return load.prefixes.find(
    (prefix): prefix is Combination =>
      prefix.kind === "concatenate" || prefix.kind === "join" || prefix.kind === "keep",
  );
}

/** The table a prefix names, or the one created last in this section (LS-MOD-02). */
function targetOf(state: State, prefix: Combination, { load, source }: Located): Found {
  const domain = state.domains[state.section];
  const last = domain.tables.at(-1);
  if (prefix.table === undefined) {
    if (last !== undefined) return { table: last, domain };
    throw runError(source, load.span, `${prefix.kind.toUpperCase()} has no table before it`, "load a table first");
  }
  const found = findTable(state, prefix.table);
  if (found !== undefined) return found;
  const remedy = "look at the table labels loaded before; letter case counts";
  throw runError(source, load.span, `there is no table ${JSON.stringify(prefix.table)}`, remedy);
}

/** A stack of LOADs about to make its rows: the top one, the records it reads, the name its table is to have. */
interface Stack {
  readonly top: Located;
  readonly records: Records;
  readonly name: string;
}

/** ALIAS renames a field, QUALIFY puts the table's name before those it fits (LS-MOD-05). */
function namesIn(
  state: State,
  own: readonly string[],
  { top, name: table }: Pick<Stack, "top" | "name">,
): readonly string[] {
  const names = own.map((field) => {
    const name = state.aliases.get(field) ?? field;
    return isOn(state.qualified, name) ? `${table}.${name}` : name;
  });
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice === undefined) return names;
  const message = `two fields of the table are named ${JSON.stringify(twice)}`;
  throw runError(top.source, top.load.span, message, "rename one of the two with AS");
}

/** Different combinations of values a section's table with all the fields holds, one field's over all its tables. */
function combinationsIn(state: State, fields: readonly string[]): readonly (readonly Value[])[] {
  const found = new Map<string, readonly Value[]>();
  for (const { tables } of lookupOrder(state)) {
    const having = tables.filter((table) => fields.every((field) => table.fields.includes(field)));
    for (const table of having) {
      const columns = fields.map((field) => table.fields.indexOf(field));
      for (const row of table.rows) {
        const values = columns.map((column) => row[column] ?? null);
        found.set(JSON.stringify(values.map(keyOf)), values);
      }
    }
    if (having.length > 0) break;
  }
  return [...found.values()];
}

function makingOf(state: State, { load, source }: Located): Making {
  return {
    fail: (message, remedy) => runError(source, load.span, message, remedy),
    count: (rows) => countRows(state, rows, { source, span: load.span }),
  };
}

/** The rows of the top LOAD as the domain keeps them. `rowsBefore` says how many the target holds, by its field names. */
function makeRows(
  state: State,
  stack: Stack,
  domain: Domain,
  rowsBefore: (names: readonly string[]) => number,
): Loaded {
  const { top, records } = stack;
  const steps = transformationsOf(top.load);
  if (steps.length === 0) {
    return runStage(state, top, records, (own) => {
      const names = namesIn(state, own, stack);
      return { names, store: storing(state, domain, names), rowsBefore: rowsBefore(names) };
    });
  }
  const read = runStage(state, top, records, passOn);
  const making = makingOf(state, top);
  const table = steps.reduce<LoadedRows>(
    (loaded, step) => transformed(loaded, step, making, (fields) => combinationsIn(state, fields)),
    { fields: read.fields, rows: read.rows },
  );
  return kept(state, domain, { ...table, fields: namesIn(state, table.fields, stack), inline: read.inline });
}

/** Rows not stored yet, as the domain keeps them. */
function kept(state: State, domain: Domain, table: Pick<Records, "fields" | "rows" | "inline">): Loaded {
  const store = storing(state, domain, table.fields);
  return { ...table, rows: table.rows.map((row) => row.map(store)) };
}

function loadMapping(state: State, { top, records, name }: Stack): void {
  const { fields, rows } = runStage(state, top, records, passOn);
  if (fields.length !== 2) {
    const remedy = "name exactly two fields: the value looked up and the one it maps to";
    throw runError(top.source, top.load.span, `a mapping table has 2 columns, not ${fields.length}`, remedy);
  }
  const mapping = new Map<string, Value>();
  for (const [key = null, value = null] of rows) {
    const known = mappingKey(stripped(key));
    if (!mapping.has(known)) mapping.set(known, stripped(value));
  }
  state.mappings.set(name, mapping);
}

function combine(state: State, prefix: Combination, stack: Stack): void {
  const { top, name } = stack;
  const target = targetOf(state, prefix, top);
  const rowsBefore = prefix.kind === "concatenate" ? target.table.rows.length : 0;
  const loaded = makeRows(state, stack, target.domain, () => rowsBefore);
  const at = { source: top.source, span: top.load.span };
  switch (prefix.kind) {
    case "concatenate":
      append(target.table, loaded);
      return;
    case "join":
      join(target.table, loaded, prefix.side, (rows) => countRows(state, rows, at));
      return;
    case "keep":
      create(target.domain, freeName(target.domain, name), keep(target.table, loaded, prefix.side));
  }
}

/** REPLACE drops the table of the name, else the one the rows would have been added to. */
function dropReplaced(domain: Domain, name: string, names: readonly string[]): string {
  const replaced = domain.tables.find((table) => table.name === name) ?? sameFields(domain, names);
  domain.tables = domain.tables.filter((table) => table !== replaced);
  return replaced?.name ?? name;
}

/** A new table, or more rows for the one with the same fields in this section (LS-MOD-01, SA-SCR-06). */
function loadTable(state: State, stack: Stack): void {
  const { load } = stack.top;
  const domain = state.domains[state.section];
  const replaces = has(load, "replace");
  const alone = replaces || has(load, "noconcatenate");
  const sameAs = (names: readonly string[]) => (alone ? undefined : sameFields(domain, names));
  const loaded = makeRows(state, stack, domain, (names) => sameAs(names)?.rows.length ?? 0);
  const name = replaces ? dropReplaced(domain, stack.name, loaded.fields) : stack.name;
  const same = sameAs(loaded.fields);
  if (same === undefined) create(domain, freeName(domain, name), loaded);
  else append(same, loaded);
}

/** GENERIC makes a table of each attribute, none of them added to others (LS-MOD-01). */
function loadGeneric(state: State, stack: Stack): void {
  const domain = state.domains[state.section];
  const read = runStage(state, stack.top, stack.records, passOn);
  const tables = genericTables(read, (value) => textOf(value)?.trim() ?? "", makingOf(state, stack.top));
  for (const { attribute, fields, rows } of tables) {
    const name = `${stack.name}.${attribute}`;
    const table = kept(state, domain, {
      fields: namesIn(state, fields, { ...stack, name }),
      rows,
      inline: read.inline,
    });
    create(domain, freeName(domain, name), table);
  }
}

function loadStack(state: State, stack: Stack): void {
  const { load } = stack.top;
  if (state.section === "access") state.accessStar = { symbol: state.star };
  const combination = combinationOf(load);
  if (has(load, "mapping")) loadMapping(state, stack);
  else if (has(load, "generic")) loadGeneric(state, stack);
  else if (combination === undefined) loadTable(state, stack);
  else combine(state, combination, stack);
}

/** FIRST: at most so many of the records the top LOAD reads, before its WHERE. */
function firstRecords(state: State, { load, source }: Located, records: Records): Records {
  const first = load.prefixes.find((prefix) => prefix.kind === "first");
  if (first === undefined) return records;
  const count = numberOf(compile(first.count, variableScope(state, source))(noRow));
  if (count !== undefined && count >= 0) return { ...records, rows: records.rows.slice(0, Math.trunc(count)) };
  throw runError(source, load.span, "FIRST has no number of records", "write a whole number behind FIRST");
}

/** Runs the LOADs of a stack, the last one first, and stores what the top one makes. */
function runStack(state: State, stack: readonly Located[], records: Records, bottom: Load): void {
  const [top, ...others] = stack;
  if (top === undefined) return;
  const input = others.reduceRight((read, stage) => runStage(state, stage, read, passOn), records);
  loadStack(state, { top, records: firstRecords(state, top, input), name: wantedName(state, top.load, bottom) });
}

/** Every file a FROM reads: those of a list, and those that fit a path with `*` or `?`. */
function readPaths(state: State, { load, source }: Located): readonly string[] {
  const from = load.source;
  if (from.kind !== "file") return [];
  const paths = [from.path, ...(from.morePaths ?? [])].flatMap((path) => {
    if (!/[*?]/.test(path)) return [path];
    const found = filePaths(state, path);
    if (found.length > 0) return found;
    const remedy = "hand in files that fit it, in the folder the script names";
    throw runError(source, from.span, `no file fits ${JSON.stringify(path)}`, remedy);
  });
  if (paths.length < 2 || !has(load, "mapping")) return paths;
  throw runError(source, from.span, "a mapping table is read from several files", "load them into one table first");
}

/** The LOAD as it reads one of its files. */
function readingFile(load: Load, path: string): Load {
  if (load.source.kind !== "file") return load;
  const { morePaths: _, ...file } = load.source;
  return { ...load, source: { ...file, path } };
}

/** `ADD ONLY` and `REPLACE ONLY` run in partial reloads, which this is none of. */
function isPartialOnly({ prefixes }: Load): boolean {
  return prefixes.some((prefix) => (prefix.kind === "add" || prefix.kind === "replace") && prefix.only);
}

function refusePrefixed({ load, source }: Located): void {
  if (load.label === undefined && load.prefixes.length === 0) return;
  const remedy = "put label and prefixes before the first LOAD of the stack";
  throw runError(source, load.span, "the source of a preceding LOAD has a label or prefix of its own", remedy);
}

/** Runs a LOAD with the preceding ones that wait for it, and stores what they make; several files one after the other. */
export function runLoad(state: State, located: Located): void {
  const { load, source } = located;
  const { waiting } = state;
  if (waiting.length > 0) refusePrefixed(located);
  if (load.source.kind === "preceding") {
    waiting.push(located);
    return;
  }
  const stack = [...waiting, located];
  const partial = isPartialOnly((stack[0] ?? located).load);
  const paths = partial ? [] : readPaths(state, located);
  const loads = partial ? [] : paths.length === 0 ? [load] : paths.map((path) => readingFile(load, path));
  for (const each of loads) {
    const records = readRecords(state, each, source);
    state.waiting = [];
    if (records !== undefined) runStack(state, [...waiting, { load: each, source }], records, each);
  }
  state.waiting = [];
}
