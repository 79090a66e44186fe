import type { Defect } from "../seams.ts";

export const everyFieldReadable: Defect = {
  name: "every-field-readable",
  area: "rules",
  breaks: ["SR-405"],
  effect: "Rules read the description of every type.",
  replace: (seams) => ({
    ...seams,
    rules: { ...seams.rules, readableProperties: (type) => [...seams.rules.readableProperties(type), "description"] },
  }),
};
