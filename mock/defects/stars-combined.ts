import type { Json } from "../../contract/types.ts";
import type { Defect } from "../seams.ts";

const oneStar = (filter: Json): Json => (typeof filter === "string" ? filter.replaceAll("*_*", "*") : filter);

export const starsCombined: Defect = {
  name: "stars-combined",
  area: "rules",
  breaks: ["SR-206"],
  effect: "A star and an underscore star on one item cover the type.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      readRule: (rule) => ({ ...rule, resourceFilter: oneStar(rule["resourceFilter"] ?? "") }),
    },
  }),
};
