/** Syntax tree of a resource filter → text that parses to the same tree. */
import type { FilterItem, ResourceFilter } from "./ast.ts";

export function printItem(item: FilterItem): string {
  switch (item.kind) {
    case "everything":
      return "*";
    case "typePrefix":
      return `${item.type}*`;
    case "type":
      return `${item.type}_*`;
    case "resource":
      return `${item.type}_${item.id}`;
    case "section":
      return item.name;
  }
}

export function printFilter(filter: ResourceFilter): string {
  return filter.items.map(printItem).join(", ");
}
