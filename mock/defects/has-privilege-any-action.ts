import { actionBits } from "../rules/model.ts";
import type { Defect } from "../seams.ts";

export const hasPrivilegeAnyAction: Defect = {
  name: "has-privilege-any-action",
  area: "rules",
  breaks: ["SR-471", "SR-504"],
  effect: "Any right on a stream opens its apps.",
  replace: (seams) => ({ ...seams, rules: { ...seams.rules, privilegesAsked: () => Object.keys(actionBits) } }),
};
