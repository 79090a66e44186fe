import type { Defect } from "../seams.ts";

export const orOfActions: Defect = {
  name: "or-of-actions",
  area: "rules",
  breaks: ["SR-231", "QR-040", "SR-105", "SR-524", "SEC-05"],
  effect: "A rule that grants one action grants them all.",
  replace: (seams) => ({ ...seams, rules: { ...seams.rules, actionFits: (mask) => mask !== 0 } }),
};
