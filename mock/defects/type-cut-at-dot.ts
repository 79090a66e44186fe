import type { Defect } from "../seams.ts";

export const typeCutAtDot: Defect = {
  name: "type-cut-at-dot",
  area: "rules",
  breaks: ["SR-406"],
  effect: "The type of an app object reads as App.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      propertyValues: (type, name, values) => {
        const read = seams.rules.propertyValues(type, name, values);
        return name === "resourcetype" ? read.map((value) => value.split(".")[0] ?? value) : read;
      },
    },
  }),
};
