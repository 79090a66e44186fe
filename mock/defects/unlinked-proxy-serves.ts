import type { Defect } from "../seams.ts";

export const unlinkedProxyServes: Defect = {
  name: "unlinked-proxy-serves",
  area: "impersonation",
  breaks: ["IM-010", "IM-013"],
  effect: "A virtual proxy answers though it is linked to nothing.",
  replace: (seams) => ({ ...seams, proxy: { ...seams.proxy, isLinked: () => true } }),
};
