import type { Defect } from "../seams.ts";

export const contextIgnored: Defect = {
  name: "context-ignored",
  area: "rules",
  breaks: ["SR-122", "SR-121", "QR-010", "QR-041", "SR-106", "SR-123", "SR-505"],
  effect: "A rule for the QMC grants in the hub, and one for the hub in the QMC.",
  replace: (seams) => ({ ...seams, rules: { ...seams.rules, contextFits: () => true } }),
};
