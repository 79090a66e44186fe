import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const everythingIsOwned: Defect = {
  name: "everything-is-owned",
  area: "rules",
  breaks: ["SR-479"],
  effect: "IsOwned is true of everything.",
  replace: (seams) => withCondition(seams, (text) => text.replaceAll(/resource\.IsOwned\(\)/gi, 'user.userId!=""')),
};
