import { isOf } from "../proxy/sessions.ts";
import type { Defect } from "../seams.ts";

export const staleAttributes: Defect = {
  name: "stale-attributes",
  area: "impersonation",
  breaks: ["SEC-12"],
  effect: "A group of an earlier log-in lives on.",
  replace: (seams) => ({ ...seams, proxy: { ...seams.proxy, sameLogin: (live, login) => isOf(live, login) } }),
};
