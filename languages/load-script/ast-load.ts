/** Syntax tree of the LOAD statement (load-script §4). */
import type { Expression, Span } from "./ast-expression.ts";

/** One LOAD. A preceding LOAD (LS-LOAD-02) has the source `preceding` and reads what the next statement gives. */
export interface Load {
  readonly kind: "load";
  /** Table label, without its colon. */
  readonly label?: string;
  readonly prefixes: readonly Prefix[];
  readonly distinct: boolean;
  readonly fields: readonly [LoadItem, ...LoadItem[]];
  readonly source: LoadSource;
  readonly where?: Expression;
  /** The same record is read again as long as it is true; never beside `where` (LS-LOAD-03). */
  readonly while?: Expression;
  /** Fields, or expressions of them. */
  readonly groupBy?: readonly [Expression, ...Expression[]];
  /** Only of a RESIDENT load (LS-LOAD-04). */
  readonly orderBy?: readonly OrderItem[];
  readonly span?: Span;
}

export type JoinSide = "outer" | "inner" | "left" | "right";

export type Prefix =
  | { readonly kind: "mapping" }
  | { readonly kind: "noconcatenate" }
  /** Without `table`: the table created last (LS-MOD-02). */
  | { readonly kind: "concatenate"; readonly table?: string }
  /** `Join` alone is the outer one; KEEP has no outer form (LS-MOD-03). */
  | { readonly kind: "join"; readonly side: JoinSide; readonly table?: string }
  | { readonly kind: "keep"; readonly side: Exclude<JoinSide, "outer">; readonly table?: string }
  /** At most so many records of the source. */
  | { readonly kind: "first"; readonly count: Expression }
  /** Keeps the result in a file; it does not change what is loaded. */
  | { readonly kind: "buffer"; readonly incremental: boolean; readonly stale?: StaleAfter }
  /** `only`: in partial reloads alone. */
  | { readonly kind: "add" | "replace"; readonly only: boolean }
  | TableTransformation;

export interface StaleAfter {
  readonly amount: number;
  readonly unit: "days" | "hours";
}

/** Prefixes that make another table of the loaded one. */
export type TableTransformation =
  | { readonly kind: "generic" }
  /** The first `qualifiers` fields stay, 1 unless said; each of the others becomes a record. */
  | { readonly kind: "crosstable"; readonly attribute: string; readonly data: string; readonly qualifiers?: number }
  | { readonly kind: "intervalmatch"; readonly field: string; readonly keys: readonly string[] }
  | (HierarchyFields & {
      readonly kind: "hierarchy";
      readonly parentName?: string;
      readonly pathSource?: string;
      readonly pathName?: string;
      readonly pathDelimiter?: string;
      readonly depth?: string;
    })
  | (HierarchyFields & {
      readonly kind: "hierarchybelongsto";
      readonly ancestorId: string;
      readonly ancestorName: string;
      readonly depthDifference?: string;
    });

/** Fields of the table of nodes and parents both hierarchy prefixes read (LS-MOD-11). */
export interface HierarchyFields {
  readonly node: string;
  readonly parent: string;
  readonly name: string;
}

export type LoadItem =
  | { readonly kind: "all"; readonly span?: Span }
  /** Without `alias` a field keeps its name and an expression is named by its own text (LS-LOAD-01). */
  | { readonly kind: "field"; readonly value: Expression; readonly alias?: string; readonly span?: Span };

export interface OrderItem {
  readonly field: string;
  readonly descending: boolean;
}

export type InlineEnclosure = "[" | '"' | "'" | "`";

export type LoadSource =
  | {
      readonly kind: "inline";
      /** The text between the enclosures, unchanged. It does not contain the closing mark (LS-INL-01). */
      readonly data: string;
      readonly enclosure: InlineEnclosure;
      readonly format?: FileFormat;
      readonly span?: Span;
    }
  | {
      readonly kind: "file";
      /** May have `*` and `?`: every file that fits is read. */
      readonly path: string;
      /** Files read after it in the same way. */
      readonly morePaths?: readonly string[];
      readonly format?: FileFormat;
      readonly span?: Span;
    }
  | { readonly kind: "resident"; readonly table: string; readonly span?: Span }
  | { readonly kind: "autogenerate"; readonly count: Expression; readonly span?: Span }
  /** A SELECT, as written: its rows come from a database, or from what stands for it. */
  | { readonly kind: "select"; readonly sql: string; readonly span?: Span }
  | { readonly kind: "preceding" };

/** The format specification in parentheses (LS-TXT-01); what is absent was not said. */
export interface FileFormat {
  /** Without it `txt`. Of the others a CSV is read that stands in for the file. */
  readonly format?: "txt" | "qvd" | "qvx" | "ooxml" | "biff" | "parquet";
  /** Sheet of a workbook. */
  readonly table?: string;
  readonly charset?: string;
  readonly labels?: "embedded" | "explicit" | "none";
  /** As written between the quotes; `\t` stands for a tab, `\\` for a backslash, `spaces` for one or more blanks. */
  readonly delimiter?: string;
  readonly quoting?: "msq" | "none";
  /** Number of lines before the labels. */
  readonly header?: number;
  readonly comment?: string;
}
