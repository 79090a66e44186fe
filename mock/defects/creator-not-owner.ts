import type { Defect } from "../seams.ts";

export const creatorNotOwner: Defect = {
  name: "creator-not-owner",
  area: "rules",
  breaks: ["SR-501", "SR-502"],
  effect: "Nobody owns what he is about to create.",
  replace: (seams) => ({ ...seams, rules: { ...seams.rules, ownerOf: (given) => given ?? {} } }),
};
