/** What a running script has made so far: tables in three name spaces, variables, and switches (SA-SCR-05). */
import type { ConformanceError } from "../contract/errors.ts";
import type { Value } from "../contract/types.ts";
import type { ForceStatement, Load, Span, Statement, SubHead } from "../languages/load-script/ast.ts";
import { errorAt } from "../languages/load-script/script-text.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import type { FileAccess, ReloadOptions } from "./model.ts";
import { momentGiven } from "./settings.ts";

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

/** Fields whose values are mapped as they are stored; of several that fit the last one counts (LS-MOD-07). */
export interface Mapped {
  readonly pattern: string;
  /** Name of the mapping table; absent: not mapped any more. */
  readonly map: string | undefined;
}

/** A subroutine and the text it stands in. */
export interface Subroutine {
  readonly head: SubHead;
  readonly body: readonly Statement[];
  readonly source: ScriptText;
}

/** What STORE has written: the values as they are, and how a text file renders them. */
export interface Stored {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  /** A text file gives texts back, which are read anew; a QVD file gives the values. */
  readonly asText: boolean;
}

/** A LOAD and the text it stands in. */
export interface Located {
  readonly load: Load;
  readonly source: ScriptText;
}

export interface State {
  readonly options: ReloadOptions;
  /** The files handed in. What the script has stored is not among them. */
  readonly files: FileAccess;
  readonly domains: { readonly [section in Section]: Domain };
  readonly mappings: Map<string, ReadonlyMap<string, Value>>;
  readonly variables: Map<string, Value>;
  /** Variables whose LET asked for a function there is not: an error only for whoever uses them. */
  readonly unusable: Map<string, ConformanceError>;
  readonly qualified: Toggle[];
  readonly nullAsValue: Toggle[];
  readonly counters: Map<string, number>;
  /** Whole numbers of the keys each AutoNumber counter has met. */
  readonly autonumbers: Map<string, Map<string, number>>;
  /** Per field the symbols of OtherSymbol its values were loaded with (LS-MOD-10). */
  readonly otherSymbols: Map<string, Set<string>>;
  /** Serial number of the moment the script runs at. */
  readonly now: number;
  section: Section;
  hasAccess: boolean;
  star: string | undefined;
  /** The symbol in force at the last load of section access, once there was one. */
  accessStar: { readonly symbol: string | undefined } | undefined;
  /** Preceding loads that wait for their source. */
  waiting: Located[];
  rowsLeft: number;
  includes: number;
  /** What FORCE makes of the values of later loads; not of those of section access (LS-MOD-09). */
  force: ForceStatement["letters"];
  /** Names ALIAS gives to fields of later loads, by their own. */
  readonly aliases: Map<string, string>;
  /** MAP … USING and UNMAP (LS-MOD-07). */
  readonly mapped: Mapped[];
  readonly subroutines: Map<string, Subroutine>;
  /** Files written by STORE, by their path in lower case with `/`. */
  readonly stored: Map<string, Stored>;
  /** Name of the connection SELECT reads from. */
  connection: string | undefined;
  /** Where DIRECTORY said files are. */
  directory: string | undefined;
  /** Statements that may still run, records that may still be read, and how deep blocks, calls and includes are nested. */
  stepsLeft: number;
  readsLeft: number;
  depth: number;
  /** Whether a statement has run already: BINARY comes first or not at all (LS-MOD-12). */
  started: boolean;
  /** Where the script was last left by an EXIT. */
  left: At | undefined;
  /** How many statements failed under ErrorMode 0, and the first of their messages (LS-CTL-04). */
  readonly errors: { count: number; list: string };
}

/** Rows all loads of one script may produce together. */
export const maximalRows = 2_000_000;

/** Statements one script may run, those of loops counted each time. */
export const maximalSteps = 100_000;

/** Records all loads of one script may read together. */
export const maximalReads = 10_000_000;

export function newState(options: ReloadOptions): State {
  return {
    options,
    files: options.files ?? (() => undefined),
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
    autonumbers: new Map(),
    otherSymbols: new Map(),
    now: momentGiven(options.now),
    section: "application",
    hasAccess: false,
    star: undefined,
    accessStar: undefined,
    waiting: [],
    rowsLeft: maximalRows,
    includes: 0,
    force: "mixed",
    aliases: new Map(),
    mapped: [],
    subroutines: new Map(),
    stored: new Map(),
    connection: undefined,
    directory: undefined,
    stepsLeft: maximalSteps,
    readsLeft: maximalReads,
    depth: 0,
    started: false,
    left: undefined,
    errors: { count: 0, list: "" },
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

/** A statement and the text it stands in. */
export interface At {
  readonly source: ScriptText;
  readonly span: Span | undefined;
}

const limits = new WeakSet<Error>();

/** An error no ErrorMode passes over: the script would not end otherwise. */
export function limitError({ source, span }: At, message: string, remedy: string): ConformanceError {
  const error = runError(source, span, message, remedy);
  limits.add(error);
  return error;
}

export function isLimit(error: Error): boolean {
  return limits.has(error);
}

/** Takes rows from what the script may still produce. */
export function countRows(state: State, rows: number, at: At): void {
  state.rowsLeft -= rows;
  if (state.rowsLeft >= 0) return;
  throw limitError(at, `the script loads more than ${maximalRows} rows`, "load a sample of the data");
}

/** Takes records from what the script may still read. */
export function countReads(state: State, records: number, at: At): void {
  state.readsLeft -= records;
  if (state.readsLeft >= 0) return;
  throw limitError(at, `the script reads more than ${maximalReads} records`, "load a sample of the data");
}

/** Takes one statement from what the script may still run. */
export function countStep(state: State, at: At): void {
  state.stepsLeft -= 1;
  if (state.stepsLeft >= 0) return;
  const message = `the script runs more than ${maximalSteps} statements`;
  throw limitError(at, message, "look for a loop that does not end");
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
