/**
 * The tables a load script leaves behind, as loaded: values by the interpretation order, one first-seen text per number
 * within a field (LS-VAL-01). Upper-casing, `*`, blanks, matching across the border, synthetic keys, loosening and OMIT
 * are not done here; each implementation does them itself.
 */
import type { Value } from "../contract/types.ts";

export interface LoadedTable {
  readonly name: string;
  readonly fields: readonly string[];
  /** In load order; each row as long as `fields`. An empty cell of a text source is `""`, a missing one `null`. */
  readonly rows: readonly (readonly Value[])[];
}

export interface AppTable extends LoadedTable {
  /** `LOOSEN TABLE` was said of it: its associations are out of the logic (SA-PRP-07). */
  readonly loosened: boolean;
}

export interface AccessTable extends LoadedTable {
  /** Per row, whether it came from an INLINE load (SA-CASE-02 makes a difference of it). */
  readonly inline: readonly boolean[];
}

export interface LoadedApp {
  /** The tables of `Section Access`; absent when the script has no such section (SA-SCR-02). May be empty. */
  readonly access?: readonly AccessTable[];
  readonly app: readonly AppTable[];
  /** Symbol set by `STAR IS`, absent when none was (inside section access `*` is implied, SA-WLD-07). */
  readonly star?: string;
}

/** Hands the content of a file to the script by the path it names; `undefined` when there is none. */
export interface FileAccess {
  (path: string): string | undefined;
  /** Paths, as a script would name them, that fit a path with `*` and `?`. Without it no path has wildcards. */
  readonly list?: (pattern: string) => readonly string[];
}

export interface ReloadOptions {
  readonly files?: FileAccess;
  /** Name of the script's file, for messages. */
  readonly file?: string;
  /** What `Now()` and `Today()` give, as `YYYY-MM-DD hh:mm:ss`; by default `2026-01-01 00:00:00`: there is no clock here. */
  readonly now?: string;
  /** Data and section access of the app that BINARY names by path, id or name; `undefined` when there is none (LS-MOD-12). */
  readonly binary?: (path: string) => LoadedApp | undefined;
  /** Is told the text of every TRACE, in order. */
  readonly trace?: (text: string) => void;
}

/** Runs a load script. Throws ConformanceError `script-syntax` or `script-run` with file, line and column. */
export type Reload = (script: string, options?: ReloadOptions) => LoadedApp;
