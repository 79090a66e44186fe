import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const ownerKeepsEverything: Defect = {
  name: "owner-keeps-everything",
  area: "rules",
  breaks: ["SR-511"],
  effect: "An owner keeps his rights when the app is published.",
  replace: (seams) => withCondition(seams, (text) => text.replaceAll(/\s+and\s+resource\.stream\.Empty\(\)/gi, "")),
};
