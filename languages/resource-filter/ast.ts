/** Syntax tree of a rule's resource filter (SR grammar §2.2). */

export type FilterItem =
  /** `*`: every resource of every type (SR-202). */
  | { readonly kind: "everything" }
  /** `App*`: every type whose name begins with it (SR-204). */
  | { readonly kind: "typePrefix"; readonly type: string }
  /** `App_*`: every resource of exactly this type (SR-203). */
  | { readonly kind: "type"; readonly type: string }
  /** `App_<guid>`: one resource (SR-205). */
  | { readonly kind: "resource"; readonly type: string; readonly id: string }
  /** `QmcSection_App`: a named transient resource (SR-207). */
  | { readonly kind: "section"; readonly name: string };

/** `parseFilter(text)` in `parse.ts` throws ConformanceError `filter-syntax`; `printFilter(filter)` in `print.ts`. */
export interface ResourceFilter {
  readonly items: readonly [FilterItem, ...FilterItem[]];
}
