import type { Defect } from "../seams.ts";

export const customPropertyFirstOnly: Defect = {
  name: "custom-property-first-only",
  area: "rules",
  breaks: ["SR-342", "SR-408"],
  effect: "Only the first value of a custom property is seen.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      propertyValues: (_type, name, values) => (name.startsWith("@") ? values.slice(0, 1) : values),
    },
  }),
};
