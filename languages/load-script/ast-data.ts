/** Statements about connections, files and fields, and those that leave the data alone. */
import type { Span } from "./ast-expression.ts";
import type { FileFormat } from "./ast-load.ts";

export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** `BINARY path;`, the first statement or none (LS-MOD-12). */
export interface BinaryStatement {
  readonly kind: "binary";
  readonly path: string;
  readonly span?: Span;
}

/** `STORE [*|a AS b, … FROM] t INTO path [(format)];`. */
export interface StoreStatement {
  readonly kind: "store";
  readonly fields: readonly [StoredItem, ...StoredItem[]];
  readonly table: string;
  readonly path: string;
  readonly format?: FileFormat;
  readonly span?: Span;
}

export type StoredItem =
  | { readonly kind: "all" }
  | { readonly kind: "field"; readonly field: string; readonly alias?: string };

/** `LIB|ODBC|OLEDB|CUSTOM CONNECT … ;`: names the connection the next SELECTs read from. */
export interface ConnectStatement {
  readonly kind: "connect";
  readonly by: "lib" | "odbc" | "oledb" | "custom";
  readonly connection: string;
  readonly span?: Span;
}

/** `DIRECTORY path;`; without a path the working directory. */
export interface DirectoryStatement {
  readonly kind: "directory";
  readonly path?: string;
  readonly span?: Span;
}

/** `FORCE CAPITALIZATION|CASE UPPER|CASE LOWER|CASE MIXED;` (LS-MOD-09). */
export interface ForceStatement {
  readonly kind: "force";
  readonly letters: "capitalization" | "upper" | "lower" | "mixed";
  readonly span?: Span;
}

/** `ALIAS a AS b, …;`: the field is renamed wherever a later load has it. */
export interface AliasStatement {
  readonly kind: "alias";
  readonly pairs: readonly [Renaming, ...Renaming[]];
  readonly span?: Span;
}

/** `MAP f, … USING m;` and, without a map, `UNMAP f, …;` (LS-MOD-07). */
export interface MapStatement {
  readonly kind: "map";
  readonly fields: readonly [string, ...string[]];
  readonly map?: string;
  readonly span?: Span;
}

/** `AUTONUMBER f, … [USING n];`: each value of the fields becomes a whole number. */
export interface AutonumberStatement {
  readonly kind: "autonumber";
  readonly fields: readonly [string, ...string[]];
  readonly namespace?: string;
  readonly span?: Span;
}

/** A statement that leaves tables and variables alone (TAG, COMMENT, SEARCH, SLEEP …); its text as written. */
export interface PassedStatement {
  readonly kind: "passed";
  readonly text: string;
  readonly span?: Span;
}
