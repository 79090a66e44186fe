/** What a running script has made so far: tables in three name spaces, variables, and switches (SA-SCR-05). */
import type { ConformanceError } from "../contract/errors.ts";
import type { Value } from "../contract/types.ts";
import type { Load, Span } from "../languages/load-script/ast.ts";
import { errorAt } from "../languages/load-script/script-text.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import type { FileAccess } from "./model.ts";

export interface Table {
  name: string;
  fields: string[];
  rows: Value[][];
  /** Per row, whether it came from an INLINE load. */
  inline: boolean[];
  loosened: boolean;
}

/** Tables of one section, and per field the value first met for each number (LS-VAL-01). */
export interface Domain {
  tables: Table[];
  readonly symbols: Map<string, Map<number, Value>>;
}

type Section = "access" | "application";

/** A field pattern switched on or off; of several that fit the last one counts. */
export interface Toggle {
  readonly pattern: string;
  readonly on: boolean;
}

/** A LOAD and the text it stands in. */
export interface Located {
  readonly load: Load;
  readonly source: ScriptText;
}

export interface State {
  readonly files: FileAccess;
  readonly domains: { readonly [section in Section]: Domain };
  readonly mappings: Map<string, ReadonlyMap<string, Value>>;
  readonly variables: Map<string, Value>;
  /** Variables whose LET asked for a function there is not: an error only for whoever uses them. */
  readonly unusable: Map<string, ConformanceError>;
  readonly qualified: Toggle[];
  readonly nullAsValue: Toggle[];
  readonly counters: Map<string, number>;
  section: Section;
  hasAccess: boolean;
  star: string | undefined;
  /** The symbol in force at the last load of section access, once there was one. */
  accessStar: { readonly symbol: string | undefined } | undefined;
  /** Preceding loads that wait for their source. */
  waiting: Located[];
  rowsLeft: number;
  exited: boolean;
  includes: number;
}

/** Rows all loads of one script may produce together. */
export const maximalRows = 2_000_000;

export function newState(files: FileAccess): State {
  return {
    files,
    domains: {
      access: { tables: [], symbols: new Map() },
      application: { tables: [], symbols: new Map() },
    },
    mappings: new Map(),
    variables: new Map(),
    unusable: new Map(),
    qualified: [],
    nullAsValue: [],
    counters: new Map(),
    section: "application",
    hasAccess: false,
    star: undefined,
    accessStar: undefined,
    waiting: [],
    rowsLeft: maximalRows,
    exited: false,
    includes: 0,
  };
}

/** The sections in the order names are looked up: the current one, then the other (SA-SCR-05). */
export function lookupOrder(state: State): readonly [Domain, Domain] {
  const { access, application } = state.domains;
  return state.section === "access" ? [access, application] : [application, access];
}

/** Value of a variable, `undefined` when it was never set. Throws what went wrong when its LET could not be evaluated. */
export function variable(state: State, name: string): Value | undefined {
  const error = state.unusable.get(name);
  if (error !== undefined) throw error;
  return state.variables.get(name);
}

export function setVariable(state: State, name: string, value: Value | undefined): void {
  state.unusable.delete(name);
  if (value === undefined) state.variables.delete(name);
  else state.variables.set(name, value);
}

export interface Found {
  readonly table: Table;
  readonly domain: Domain;
}

export function findTable(state: State, name: string): Found | undefined {
  for (const domain of lookupOrder(state)) {
    const table = domain.tables.find((each) => each.name === name);
    if (table !== undefined) return { table, domain };
  }
  return undefined;
}

export function runError(
  source: ScriptText,
  span: Span | undefined,
  message: string,
  remedy: string,
): ConformanceError {
  return errorAt(source, span?.start ?? 0, message, { code: "script-run", remedy });
}

/** Takes rows from what the script may still produce. */
export function countRows(state: State, rows: number, at: { source: ScriptText; span: Span | undefined }): void {
  state.rowsLeft -= rows;
  if (state.rowsLeft >= 0) return;
  throw runError(at.source, at.span, `the script loads more than ${maximalRows} rows`, "load a sample of the data");
}

/** A value as its field keeps it: the first one met for its number (LS-VAL-01). */
export function intern(domain: Domain, field: string, value: Value): Value {
  const number = typeof value === "object" && value !== null ? value.n : value;
  if (typeof number !== "number") return value;
  let symbols = domain.symbols.get(field);
  if (symbols === undefined) {
    symbols = new Map();
    domain.symbols.set(field, symbols);
  }
  const known = symbols.get(number);
  if (known !== undefined) return known;
  symbols.set(number, value);
  return value;
}

/** Forgets the values of fields no table holds any more (LS-MOD-06). */
export function forgetUnused(domain: Domain): void {
  const used = new Set(domain.tables.flatMap((table) => table.fields));
  for (const field of domain.symbols.keys()) if (!used.has(field)) domain.symbols.delete(field);
}
