import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

/** Fields of the node, its parent and its name, then those of the ancestor. */
const prefix = /\bhierarchybelongsto\s*\(\s*(\w+)\s*,\s*\w+\s*,\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*\)\s*load\b/gi;

export const hierarchyWithoutAncestors: Defect = {
  name: "hierarchy-without-ancestors",
  area: "section-access",
  breaks: ["LS-MOD-11"],
  effect: "HierarchyBelongsTo gives every node to itself alone.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(prefix, "LOAD $1, $2, $1 AS $3, $2 AS $4; LOAD")),
};
