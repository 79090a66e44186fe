import type { Defect } from "../seams.ts";

export const orBindsFirst: Defect = {
  name: "or-binds-first",
  area: "rules",
  breaks: ["SR-301", "SR-303"],
  effect: "A rule with and and or is read as if or came first.",
  replace: (seams) => ({ ...seams, rules: { ...seams.rules, precedence: () => "orFirst" } }),
};
