import type { Defect } from "../seams.ts";

export const originUnchecked: Defect = {
  name: "origin-unchecked",
  area: "impersonation",
  breaks: ["SEC-07", "BR-008"],
  effect: "A page of another host opens a socket with the visitor's cookie.",
  replace: (seams) => ({ ...seams, proxy: { ...seams.proxy, originFits: () => true, csrfHolds: () => true } }),
};
