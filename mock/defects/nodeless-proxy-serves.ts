import type { Defect } from "../seams.ts";

export const nodelessProxyServes: Defect = {
  name: "nodeless-proxy-serves",
  area: "impersonation",
  breaks: ["IM-011", "EN-007"],
  effect: "A virtual proxy opens apps though it has no node to balance over.",
  replace: (seams) => ({ ...seams, proxy: { ...seams.proxy, reachesEngine: () => true } }),
};
