import type { Defect } from "../seams.ts";

export const equalCaseSensitive: Defect = {
  name: "equal-case-sensitive",
  area: "rules",
  breaks: ["SR-321", "SR-323"],
  effect: "Names in other letter case are different names.",
  replace: (seams) => ({ ...seams, rules: { ...seams.rules, equal: (left, right) => left === right } }),
};
