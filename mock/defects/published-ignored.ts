import type { Defect } from "../seams.ts";

export const publishedIgnored: Defect = {
  name: "published-ignored",
  area: "rules",
  breaks: ["SR-407", "SR-332"],
  effect: "Private sheets count as published.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      propertyValues: (type, name, values) => (type === "App.Object" && name === "published" ? ["true"] : values),
    },
  }),
};
