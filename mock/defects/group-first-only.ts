import type { Defect } from "../seams.ts";

export const groupFirstOnly: Defect = {
  name: "group-first-only",
  area: "rules",
  breaks: ["SR-402", "SR-330", "SR-341", "SR-343"],
  effect: "Only the first group of a user is seen.",
  replace: (seams) => ({
    ...seams,
    rules: { ...seams.rules, attributeValues: (name, values) => (name === "group" ? values.slice(0, 1) : values) },
  }),
};
