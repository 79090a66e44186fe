/**
 * The files of a script: those handed in, those it has stored, and CSV files that stand for what cannot be read here. For
 * `x.qvd` the file `x.qvd.csv` is taken, else `x.csv`; for a SELECT the file of its label, else of its first table.
 */
import { globMatches } from "./glob.ts";
import { runError } from "./state.ts";
import type { At, State, Stored } from "./state.ts";

/** A path as files are told apart by: `/` between its parts, letter case of no account. */
function keyOfPath(path: string): string {
  return path.replaceAll("\\", "/").toLowerCase();
}

const absolute = /^(?:[a-z][a-z0-9+.-]*:|[\\/])/i;

/** The path a file is asked for by: below DIRECTORY when it is relative. */
export function resolvedPath(state: State, path: string): string {
  if (state.directory === undefined || absolute.test(path)) return path;
  return `${state.directory.replace(/[\\/]+$/, "")}/${path}`;
}

/** Throws for `lib://Name/…` with so many `..` that it leads out of the connection's folder. */
export function refuseOutside(path: string, at: At): void {
  const inner = /^lib:\/\/[^/\\]+[/\\](.*)$/i.exec(path)?.[1];
  let depth = 0;
  for (const part of inner?.split(/[\\/]/) ?? []) {
    if (part !== "" && part !== ".") depth += part === ".." ? -1 : 1;
    if (depth >= 0) continue;
    const message = `the path ${JSON.stringify(path)} leaves the folder of its connection`;
    throw runError(at.source, at.span, message, "name a file below that folder");
  }
}

export function keepStored(state: State, path: string, stored: Stored): void {
  state.stored.set(keyOfPath(resolvedPath(state, path)), stored);
}

/** What STORE wrote under a path, if it did. */
export function storedFile(state: State, path: string): Stored | undefined {
  return state.stored.get(keyOfPath(resolvedPath(state, path)));
}

/** Paths that fit one with `*` and `?`, those of stored files among them, in the order of their names. */
export function filePaths(state: State, pattern: string): readonly string[] {
  const resolved = resolvedPath(state, pattern);
  const stored = [...state.stored.keys()].filter((path) => globMatches(keyOfPath(resolved), path));
  const known = state.files.list?.(resolved) ?? (/[*?]/.test(resolved) || !hasFile(state, resolved) ? [] : [resolved]);
  const keys = new Set(known.map(keyOfPath));
  return [...known, ...stored.filter((path) => !keys.has(path))].sort();
}

function hasFile(state: State, path: string): boolean {
  return state.files(path) !== undefined;
}

function firstText(state: State, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = state.files(path);
    if (text !== undefined) return text;
  }
  return undefined;
}

const foreign = /\.(?:qvd|qvx|qvw|qvf|xlsx?|xlsm|xlsb|parquet|xml|json|kml|html?)$/i;

/** Names of the CSV files that may stand for a file that is no text table. */
export function standInsOf(path: string): readonly string[] {
  return foreign.test(path) ? [`${path}.csv`, path.replace(foreign, ".csv")] : [];
}

/** The text of a file, or of the CSV file that stands for it. */
export function fileText(state: State, path: string): { readonly text: string; readonly standIn: boolean } | undefined {
  const resolved = resolvedPath(state, path);
  const own = foreign.test(resolved) ? undefined : state.files(resolved);
  if (own !== undefined) return { text: own, standIn: false };
  const text = firstText(state, standInsOf(resolved));
  return text === undefined ? undefined : { text, standIn: true };
}

/** The first table a SELECT names, without its database and quotation marks. */
export function tableOfSelect(sql: string): string | undefined {
  const named = /\bfrom\s+((?:[\w$#@.]|"[^"]*"|\[[^\]]*\]|`[^`]*`)+)/i.exec(sql)?.[1];
  const last = named?.match(/[\w$#@]+|"[^"]*"|\[[^\]]*\]|`[^`]*`/g)?.at(-1);
  return last?.replaceAll(/^["[`]|["\]`]$/g, "");
}

/** Names of the CSV files that may stand for the result of a SELECT. */
export function standInsOfSelect(state: State, label: string | undefined, sql: string): readonly string[] {
  const names = [label, tableOfSelect(sql)].filter((name) => name !== undefined);
  const folder = state.connection === undefined ? [] : [`lib://${state.connection}/`];
  return names.flatMap((name) => [...folder, ""].map((before) => `${before}${name}.csv`));
}

/** The text that stands for the result of a SELECT: of the connection's folder, else of any folder there is. */
export function selectText(state: State, label: string | undefined, sql: string): string | undefined {
  const paths = standInsOfSelect(state, label, sql);
  const own = firstText(state, paths);
  if (own !== undefined) return own;
  const elsewhere = paths.flatMap((path) => (path.includes("/") ? [] : (state.files.list?.(`lib://*/${path}`) ?? [])));
  return firstText(state, elsewhere);
}
