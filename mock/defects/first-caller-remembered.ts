import type { Defect } from "../seams.ts";

export const firstCallerRemembered: Defect = {
  name: "first-caller-remembered",
  area: "rules",
  breaks: ["SR-107"],
  effect: "What was read of a user's attributes once is taken for everybody's.",
  replace: (seams) => {
    const seen = new Map<string, readonly string[]>();
    const attributeValues = (name: string, values: readonly string[]): readonly string[] => {
      const before = seen.get(name) ?? values;
      seen.set(name, before);
      return before;
    };
    return { ...seams, rules: { ...seams.rules, attributeValues } };
  },
};
