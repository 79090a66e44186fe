/** Syntax tree of expressions. */

/** Offsets into the text that was parsed, in UTF-16 units. Trees made by hand have none. */
export interface Span {
  readonly start: number;
  readonly end: number;
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
      /** Of an aggregation: each value once. */
      readonly distinct?: true;
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
