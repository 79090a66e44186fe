import type { Defect } from "../seams.ts";

export const valuelessPropertyIsBlank: Defect = {
  name: "valueless-property-is-blank",
  area: "rules",
  breaks: ["SR-348"],
  effect: "A custom property nobody gave a value counts as a blank one.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      propertyValues: (type, name, values) =>
        name.startsWith("@") && values.length === 0 ? [""] : seams.rules.propertyValues(type, name, values),
    },
  }),
};
