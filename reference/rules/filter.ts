/** Which resources a resource filter covers (catalogue §3.4). */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { RequirementId } from "../../contract/types.ts";
import type { FilterItem } from "../../languages/resource-filter/ast.ts";
import { transientType, type Resource } from "./resources.ts";

function fold(name: string, dialect: Dialect): string {
  return dialect.filterCase === "insensitive" ? name.toLowerCase() : name;
}

/** SR-207: QMC sections answer to their name alone. With `*` at its end an item covers all that begin so (SR-210). */
function coversSection(item: FilterItem, name: string, dialect: Dialect): boolean {
  if (item.kind === "everything") return true;
  if (item.kind === "typePrefix") return fold(name, dialect).startsWith(fold(item.type, dialect));
  if (item.kind !== "section") return false;
  const wanted = fold(item.name, dialect);
  return wanted.endsWith("*") ? fold(name, dialect).startsWith(wanted.slice(0, -1)) : wanted === fold(name, dialect);
}

function covers(item: FilterItem, resource: Resource, dialect: Dialect): boolean {
  if (resource.type.toLowerCase() === transientType.toLowerCase()) return coversSection(item, resource.id, dialect);
  const type = fold(resource.type, dialect);
  switch (item.kind) {
    case "everything":
      return true;
    case "typePrefix":
      return type.startsWith(fold(item.type, dialect));
    case "type":
      return type === fold(item.type, dialect);
    case "resource":
      return type === fold(item.type, dialect) && resource.id.toLowerCase() === item.id.toLowerCase();
    case "section":
      return false;
  }
}

/** The item that covers the resource; a comma means or (SR-201). */
export function coveringItem(
  filter: { readonly items: readonly FilterItem[] },
  resource: Resource,
  dialect: Dialect,
): FilterItem | undefined {
  return filter.items.find((item) => covers(item, resource, dialect));
}

export const filterRequirement: { readonly [kind in FilterItem["kind"]]: RequirementId } = {
  everything: "SR-202",
  type: "SR-203",
  typePrefix: "SR-204",
  resource: "SR-205",
  section: "SR-207",
};
