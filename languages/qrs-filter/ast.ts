/** Syntax tree of a QRS `filter=` expression as clients send it (QR-020 … QR-025). */

export type QrsComparator = "eq" | "ne" | "gt" | "ge" | "lt" | "le" | "sw" | "ew" | "so";

/** Text stands in single quotes; GUIDs, numbers, booleans and null are bare words. */
export type QrsLiteral =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "guid"; readonly value: string }
  | { readonly kind: "null" };

export type QrsFilter =
  | { readonly kind: "and" | "or"; readonly terms: readonly QrsFilter[] }
  | { readonly kind: "group"; readonly term: QrsFilter }
  | {
      readonly kind: "comparison";
      /** `owner.userId`, `@Department`, `customProperties.value` as written, split at dots. */
      readonly path: readonly string[];
      readonly operator: QrsComparator;
      readonly value: QrsLiteral;
    };
