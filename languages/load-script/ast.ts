/**
 * Syntax tree of a data load script, as far as section access needs it. Keywords ignore case, names do not (LS-LEX-02).
 * Parentheses are not kept: the printer puts in those the tree needs, so `parse(print(tree))` equals the tree, spans apart.
 */

/** Offsets into the text that was parsed, in UTF-16 units. Trees made by hand have none. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface LoadScript {
  readonly statements: readonly Statement[];
}

export type Statement =
  | SectionStatement
  | Load
  | SetStatement
  | LetStatement
  | StarStatement
  | DropTables
  | DropFields
  | RenameStatement
  | FieldListStatement
  | LoosenTables
  | TraceStatement
  | ExitStatement
  | Unexpanded;

/** `Section Access;` and `Section Application;` (SA-SCR-01). */
export interface SectionStatement {
  readonly kind: "section";
  readonly section: "access" | "application";
  readonly span?: Span;
}

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
  | { readonly kind: "keep"; readonly side: Exclude<JoinSide, "outer">; readonly table?: string };

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
  | { readonly kind: "file"; readonly path: string; readonly format?: FileFormat; readonly span?: Span }
  | { readonly kind: "resident"; readonly table: string; readonly span?: Span }
  | { readonly kind: "autogenerate"; readonly count: Expression; readonly span?: Span }
  | { readonly kind: "preceding" };

/** The format specification in parentheses (LS-TXT-01); what is absent was not said. */
export interface FileFormat {
  readonly format?: "txt";
  readonly charset?: string;
  readonly labels?: "embedded" | "explicit" | "none";
  /** As written between the quotes; `\t` stands for a tab. */
  readonly delimiter?: string;
  readonly quoting?: "msq" | "none";
  /** Number of lines before the labels. */
  readonly header?: number;
  readonly comment?: string;
}

/** `SET v = text;` with the text as written, blanks at both ends and comments apart (LS-CTL-01). */
export interface SetStatement {
  readonly kind: "set";
  readonly name: string;
  readonly value: string;
  readonly span?: Span;
}

/** `LET v = expression;`; without a value the variable is removed. */
export interface LetStatement {
  readonly kind: "let";
  readonly name: string;
  readonly value?: Expression;
  readonly span?: Span;
}

/** `STAR IS *;`; without a symbol it is switched off (LS-MOD-08). */
export interface StarStatement {
  readonly kind: "star";
  readonly symbol?: string;
  readonly span?: Span;
}

export interface DropTables {
  readonly kind: "drop-tables";
  readonly tables: readonly [string, ...string[]];
  readonly span?: Span;
}

/** Without `from` the fields go from every table (LS-MOD-06). */
export interface DropFields {
  readonly kind: "drop-fields";
  readonly fields: readonly [string, ...string[]];
  readonly from?: readonly [string, ...string[]];
  readonly span?: Span;
}

export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** `RENAME FIELD a TO b;`, `RENAME TABLES USING map;` (LS-MOD-06). */
export interface RenameStatement {
  readonly kind: "rename";
  readonly what: "fields" | "tables";
  readonly by:
    | { readonly kind: "pairs"; readonly pairs: readonly [Renaming, ...Renaming[]] }
    | { readonly kind: "map"; readonly map: string };
  readonly span?: Span;
}

/** Statements that name fields by patterns with `*` and `?` and hold for the loads that follow (LS-MOD-05, LS-VAL-05). */
export interface FieldListStatement {
  readonly kind: "qualify" | "unqualify" | "nullasvalue" | "nullasnull";
  readonly fields: readonly [string, ...string[]];
  readonly span?: Span;
}

/** `LOOSEN TABLE t;`: its associations are out of the logic (LS-MOD-04). */
export interface LoosenTables {
  readonly kind: "loosen";
  readonly tables: readonly [string, ...string[]];
  readonly span?: Span;
}

/** `TRACE text;`, without effect on the tables. */
export interface TraceStatement {
  readonly kind: "trace";
  readonly text: string;
  readonly span?: Span;
}

/** `EXIT SCRIPT;` (LS-CTL-02). */
export interface ExitStatement {
  readonly kind: "exit";
  readonly span?: Span;
}

/** A statement with `$( )` in it: what it says is known only once its variables are put in (LS-LEX-08). */
export interface Unexpanded {
  readonly kind: "unexpanded";
  /** The statement as written, without its semicolon. */
  readonly text: string;
  readonly span?: Span;
}

export type UnaryOperator = "-" | "+" | "not";

export type BinaryOperator =
  | "or"
  | "xor"
  | "and"
  | "="
  | "<>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "like"
  | "precedes"
  | "follows"
  | "&"
  | "+"
  | "-"
  | "*"
  | "/";

export type Expression =
  | { readonly kind: "text"; readonly value: string; readonly span?: Span }
  /** Finite and not negative; a sign is an operator. */
  | { readonly kind: "number"; readonly value: number; readonly span?: Span }
  /** A field in a LOAD, a variable in a LET (LS-LEX-05). */
  | { readonly kind: "name"; readonly name: string; readonly span?: Span }
  | {
      readonly kind: "call";
      /** As written; functions ignore case. */
      readonly function: string;
      readonly arguments: readonly Expression[];
      readonly span?: Span;
    }
  | { readonly kind: "unary"; readonly operator: UnaryOperator; readonly operand: Expression; readonly span?: Span }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span?: Span;
    };

export interface ParseOptions {
  /** Name of the script's file, for messages. */
  readonly file?: string;
}
