import type { Json } from "../../contract/types.ts";
import type { Defect } from "../seams.ts";

const firstItem = (filter: Json): Json => (typeof filter === "string" ? (filter.split(",")[0] ?? "") : filter);

export const firstFilterItemOnly: Defect = {
  name: "first-filter-item-only",
  area: "rules",
  breaks: ["SR-201"],
  effect: "Of several items in a resource filter only the first counts.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      readRule: (rule) => ({ ...rule, resourceFilter: firstItem(rule["resourceFilter"] ?? "") }),
    },
  }),
};
