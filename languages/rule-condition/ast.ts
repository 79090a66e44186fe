/** Syntax tree of a security-rule condition (SR grammar §2.1). Positions are offsets into the text, in UTF-16 units. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Comparator = "=" | "==" | "!=" | "!==" | "like" | "matches";

export type RuleFunction = "HasPrivilege" | "IsAnonymous" | "Empty" | "IsOwned";

export interface Path {
  readonly kind: "path";
  readonly root: "resource" | "user" | "node";
  /** Segments as written; a custom property keeps its `@`. A bare root has none. */
  readonly segments: readonly string[];
  readonly span: Span;
}

export interface Text {
  readonly kind: "text";
  readonly value: string;
  /** What stands between the quotes, where escapes make it differ from the value. */
  readonly raw?: string;
  readonly span: Span;
}

export type Operand = Path | Text;

export type Condition =
  /** A blank condition: true for everyone (SR-109). */
  | { readonly kind: "blank"; readonly span: Span }
  | { readonly kind: "or" | "and"; readonly terms: readonly Condition[]; readonly span: Span }
  | { readonly kind: "not"; readonly term: Condition; readonly span: Span }
  /** A parenthesised expression, kept so that print∘parse is the identity on the tree. */
  | { readonly kind: "group"; readonly term: Condition; readonly span: Span }
  | {
      readonly kind: "comparison";
      readonly operator: Comparator;
      readonly left: Operand;
      readonly right: Operand;
      readonly span: Span;
    }
  | {
      readonly kind: "call";
      readonly function: RuleFunction;
      readonly on: Path;
      /** The action asked for; only for HasPrivilege. */
      readonly argument?: string;
      readonly span: Span;
    };

/**
 * `parseCondition(text, { precedence })` in `parse.ts` returns the tree or throws ConformanceError `rule-syntax` with line
 * and column; `printCondition(tree)` in `print.ts` gives a text that parses to the same tree (spans apart).
 * A comparison with `like` or `matches` whose right side is no text is a syntax error (SR-329).
 */
export interface ConditionOptions {
  /** What binds tighter; the 2.0 help says the opposite of all later ones (SR-301). Default `andFirst`. */
  readonly precedence?: "andFirst" | "orFirst";
  /** Whether a backslash takes the meaning from the quote or backslash behind it (SR-308). Default `none`. */
  readonly escapes?: "none" | "backslash";
  /** File or rule name, for messages. */
  readonly file?: string;
}
