import type { Defect } from "../seams.ts";

export const firstProxyServes: Defect = {
  name: "first-proxy-serves",
  area: "impersonation",
  breaks: ["IM-012"],
  effect: "The first virtual proxy serves every prefix.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      isMeant: () => true,
    },
  }),
};
