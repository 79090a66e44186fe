/** Syntax tree of a QRS filter → text that parses to the same tree. */
import type { QrsFilter, QrsLiteral } from "./ast.ts";

function printLiteral(literal: QrsLiteral): string {
  switch (literal.kind) {
    case "text":
      return `'${literal.value.replaceAll("'", "''")}'`;
    case "number":
    case "boolean":
    case "guid":
      return String(literal.value);
    case "null":
      return "null";
  }
}

/** A junction that would be read differently where it stands gets parentheses. */
function printTerm(term: QrsFilter, within: "and" | "or"): string {
  const text = printQrsFilter(term);
  const joined = term.kind === within || (term.kind === "or" && within === "and");
  return joined ? `(${text})` : text;
}

export function printQrsFilter(filter: QrsFilter): string {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.terms.map((term) => printTerm(term, filter.kind)).join(` ${filter.kind} `);
    case "group":
      return `(${printQrsFilter(filter.term)})`;
    case "comparison":
      return `${filter.path.join(".")} ${filter.operator} ${printLiteral(filter.value)}`;
  }
}
