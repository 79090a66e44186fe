/**
 * Syntax tree of a data load script, as far as section access needs it. Keywords ignore case, names do not (LS-LEX-02).
 * Parentheses are not kept: the printer puts in those the tree needs, so `parse(print(tree))` equals the tree, spans apart.
 */

import type { Expression, Span } from "./ast-expression.ts";
import type {
  AliasStatement,
  AutonumberStatement,
  BinaryStatement,
  ConnectStatement,
  DirectoryStatement,
  ForceStatement,
  MapStatement,
  PassedStatement,
  Renaming,
  StoreStatement,
} from "./ast-data.ts";
import type { Load } from "./ast-load.ts";

export type * from "./ast-data.ts";
export type * from "./ast-expression.ts";
export type * from "./ast-load.ts";

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
  | ControlStatement
  | GuardedStatement
  | BinaryStatement
  | StoreStatement
  | ConnectStatement
  | DirectoryStatement
  | ForceStatement
  | AliasStatement
  | MapStatement
  | AutonumberStatement
  | PassedStatement
  | Unexpanded;

/** `Section Access;` and `Section Application;` (SA-SCR-01). */
export interface SectionStatement {
  readonly kind: "section";
  readonly section: "access" | "application";
  readonly span?: Span;
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

/** Statements that decide what runs (LS-CTL-02, LS-CTL-03). Each clause stands on one line (LS-LEX-01). */
export type ControlStatement =
  | IfStatement
  | ForStatement
  | DoStatement
  | SwitchStatement
  | SubStatement
  | CallStatement
  | ExitStatement;

/** What a control clause says, or its text where `$( )` in it keeps that open until it runs (LS-LEX-08). */
export type Clause<Read> = Read | Unexpanded;

export interface IfStatement {
  readonly kind: "if";
  /** IF and the ELSEIFs behind it, in their order. */
  readonly branches: readonly [IfBranch, ...IfBranch[]];
  readonly otherwise?: readonly Statement[];
  readonly span?: Span;
}

export interface IfBranch {
  readonly condition: Clause<Expression>;
  readonly body: readonly Statement[];
}

/** `FOR … NEXT` and `FOR EACH … NEXT`. */
export interface ForStatement {
  readonly kind: "for";
  readonly over: Clause<CountingClause | ListClause>;
  readonly body: readonly Statement[];
  readonly span?: Span;
}

/** `i = a TO b [STEP s]`. */
export interface CountingClause {
  readonly kind: "counting";
  readonly variable: string;
  readonly from: Expression;
  readonly to: Expression;
  readonly step?: Expression;
}

/** `EACH v IN item, …`; FileList, DirList and FieldValueList are calls among the items. */
export interface ListClause {
  readonly kind: "list";
  readonly variable: string;
  readonly items: readonly [Expression, ...Expression[]];
}

/** `DO [WHILE|UNTIL c] … LOOP [WHILE|UNTIL c]`. */
export interface DoStatement {
  readonly kind: "do";
  readonly before?: LoopTest;
  readonly after?: LoopTest;
  readonly body: readonly Statement[];
  readonly span?: Span;
}

export interface LoopTest {
  readonly until: boolean;
  readonly condition: Clause<Expression>;
}

export interface SwitchStatement {
  readonly kind: "switch";
  readonly value: Clause<Expression>;
  readonly cases: readonly SwitchCase[];
  /** Statements of DEFAULT. */
  readonly otherwise?: readonly Statement[];
  readonly span?: Span;
}

export interface SwitchCase {
  readonly values: Clause<CaseValues>;
  readonly body: readonly Statement[];
}

export interface CaseValues {
  readonly kind: "values";
  readonly of: readonly [Expression, ...Expression[]];
}

/** `SUB n(p, …) … END SUB`. */
export interface SubStatement {
  readonly kind: "sub";
  readonly head: Clause<SubHead>;
  readonly body: readonly Statement[];
  readonly span?: Span;
}

export interface SubHead {
  readonly kind: "head";
  readonly name: string;
  readonly parameters: readonly string[];
}

/** `CALL n(a, …)`; an argument that is a plain name is copied back (LS-CTL-03). */
export interface CallStatement {
  readonly kind: "call-sub";
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly span?: Span;
}

/** `WHEN c` or `UNLESS c` (LS-CTL-05). */
export interface Guard {
  readonly unless: boolean;
  readonly condition: Expression;
}

/** `EXIT SCRIPT|FOR|DO|SUB [WHEN|UNLESS c]` (LS-CTL-02). */
export interface ExitStatement {
  readonly kind: "exit";
  readonly what: "script" | "for" | "do" | "sub";
  readonly guard?: Guard;
  readonly span?: Span;
}

/** A statement behind the prefix WHEN or UNLESS (LS-CTL-05). */
export interface GuardedStatement {
  readonly kind: "guarded";
  readonly guard: Guard;
  readonly statement: Statement;
  readonly span?: Span;
}

/** A statement with `$( )` in it: what it says is known only once its variables are put in (LS-LEX-08). */
export interface Unexpanded {
  readonly kind: "unexpanded";
  /** The statement as written, without its semicolon. */
  readonly text: string;
  readonly span?: Span;
}

export interface ParseOptions {
  /** Name of the script's file, for messages. */
  readonly file?: string;
}
