import type { Defect } from "../seams.ts";

export const contextAlwaysQmc: Defect = {
  name: "context-always-qmc",
  area: "impersonation",
  breaks: ["IM-061"],
  effect: "Rules for the QMC answer requests of the hub.",
  replace: (seams) => ({ ...seams, proxy: { ...seams.proxy, contextAsked: () => "qmc" } }),
};
