import type { Defect } from "../seams.ts";

export const sectionsHaveNoName: Defect = {
  name: "sections-have-no-name",
  area: "rules",
  breaks: ["SR-525"],
  effect: "The names of the console's pages cannot be tested.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      propertyValues: (type, name, values) =>
        type === "TransientObject" && name === "name" ? [] : seams.rules.propertyValues(type, name, values),
    },
  }),
};
