/** Puts what a LOAD made into the section's tables (LS-LOAD-07, LS-MOD-01 … LS-MOD-07). */
import type { Value } from "../contract/types.ts";
import type { Load, Prefix } from "../languages/load-script/ast.ts";
import { append, create, freeName, join, keep, sameFields } from "./destinations.ts";
import { globMatches } from "./glob.ts";
import { passOn, runStage } from "./load.ts";
import type { Delivery } from "./load.ts";
import { mappingKey } from "./record-functions.ts";
import { isVerbatim, readRecords } from "./sources.ts";
import type { Records } from "./sources.ts";
import { countRows, findTable, intern, runError } from "./state.ts";
import type { Found, Located, State, Toggle } from "./state.ts";
import { stripped, textOf } from "./values.ts";

type Combination = Exclude<Prefix, { readonly kind: "mapping" | "noconcatenate" }>;

/** Whether the last toggle whose pattern fits a field is on. */
function isOn(toggles: readonly Toggle[], field: string): boolean {
  return toggles.findLast(({ pattern }) => globMatches(pattern, field))?.on ?? false;
}

function combinationOf(load: Load): Combination | undefined {
  return load.prefixes.find(
    (prefix): prefix is Combination => prefix.kind !== "mapping" && prefix.kind !== "noconcatenate",
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

function numberedName(state: State, word: string): string {
  const number = (state.counters.get(word) ?? 0) + 1;
  state.counters.set(word, number);
  return `${word}${String(number).padStart(2, "0")}`;
}

/** The label, else a name from the source (LS-LOAD-07). */
function wantedName(state: State, top: Load, bottom: Load): string {
  if (top.label !== undefined) return top.label;
  const from = bottom.source;
  switch (from.kind) {
    case "inline":
      return numberedName(state, "INLINE");
    case "autogenerate":
      return numberedName(state, "AUTOGENERATE");
    case "resident":
      return from.table;
    case "file":
      return fileName(from.path);
    case "preceding":
      return numberedName(state, "TABLE");
  }
}

/** Name of a file without folders and ending, at most 32 characters (LS-LOAD-07). */
function fileName(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  return name.replace(/(?<=.)\.[^.]*$/, "").slice(0, 32);
}

/** Values as a table keeps them: blanks off, NULL as the value asked for, one text a number (LS-VAL-01, LS-VAL-05). */
function storing(state: State, found: Pick<Found, "domain">, names: readonly string[]): Delivery["store"] {
  const verbatim = isVerbatim(state);
  const nullValue = textOf(state.variables.get("NullValue") ?? null) ?? "";
  const nullBecomes = names.map((name) => (isOn(state.nullAsValue, name) ? nullValue : null));
  return (value, column) => {
    const clean = (verbatim ? value : stripped(value)) ?? nullBecomes[column] ?? null;
    return intern(found.domain, names[column] ?? "", clean);
  };
}

/** A stack of LOADs about to make its rows: the top one, the records it reads, the name its table is to have. */
interface Making {
  readonly top: Located;
  readonly records: Records;
  readonly name: string;
}

function loadMapping(state: State, { top, records, name }: Making): void {
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

function combine(state: State, prefix: Combination, { top, records, name }: Making): void {
  const target = targetOf(state, prefix, top);
  const rowsBefore = prefix.kind === "concatenate" ? target.table.rows.length : 0;
  const loaded = mutable(
    runStage(state, top, records, (own) => {
      const names = qualifiedNames(state, own, name);
      return { names, store: storing(state, target, names), rowsBefore };
    }),
  );
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

function mutable(records: Records): { fields: readonly string[]; rows: Value[][]; inline: boolean } {
  return { ...records, rows: records.rows.map((row) => [...row]) };
}

/** QUALIFY puts the table's name before the field names it fits (LS-MOD-05). */
function qualifiedNames(state: State, names: readonly string[], table: string): readonly string[] {
  return names.map((name) => (isOn(state.qualified, name) ? `${table}.${name}` : name));
}

/** A new table, or more rows for the one with the same fields in this section (LS-MOD-01, SA-SCR-06). */
function loadTable(state: State, { top, records, name }: Making): void {
  const domain = state.domains[state.section];
  const alone = top.load.prefixes.some((prefix) => prefix.kind === "noconcatenate");
  const sameAs = (names: readonly string[]) => (alone ? undefined : sameFields(domain, names));
  const loaded = runStage(state, top, records, (own) => {
    const names = qualifiedNames(state, own, name);
    return { names, store: storing(state, { domain }, names), rowsBefore: sameAs(names)?.rows.length ?? 0 };
  });
  const same = sameAs(loaded.fields);
  if (same === undefined) create(domain, freeName(domain, name), mutable(loaded));
  else append(same, mutable(loaded));
}

/** Runs a LOAD with the preceding ones that wait for it, and stores what they make. */
export function runLoad(state: State, located: Located): void {
  const { load, source } = located;
  const waiting = state.waiting;
  const records = readRecords(state, load, source);
  if (waiting.length > 0 && (load.label !== undefined || load.prefixes.length > 0)) {
    const remedy = "put label and prefixes before the first LOAD of the stack";
    throw runError(source, load.span, "the source of a preceding LOAD has a label or prefix of its own", remedy);
  }
  if (records === undefined) {
    waiting.push(located);
    return;
  }
  state.waiting = [];
  const stack = [...waiting, located];
  const [top = located] = stack;
  const input = stack.slice(1).reduceRight((read, stage) => runStage(state, stage, read, passOn), records);
  const making = { top, records: input, name: wantedName(state, top.load, load) };
  if (state.section === "access") state.accessStar = { symbol: state.star };
  const combination = combinationOf(top.load);
  if (top.load.prefixes.some((prefix) => prefix.kind === "mapping")) loadMapping(state, making);
  else if (combination === undefined) loadTable(state, making);
  else combine(state, combination, making);
}
