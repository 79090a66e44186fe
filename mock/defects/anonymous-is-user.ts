import type { Defect } from "../seams.ts";

export const anonymousIsUser: Defect = {
  name: "anonymous-is-user",
  area: "rules",
  breaks: ["SR-477", "SR-521"],
  effect: "Anonymous visitors may do what is kept for users who logged in.",
  replace: (seams) => ({ ...seams, rules: { ...seams.rules, isAnonymous: () => false } }),
};
