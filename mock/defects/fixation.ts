import type { Defect } from "../seams.ts";

export const fixation: Defect = {
  name: "fixation",
  area: "impersonation",
  breaks: ["IM-076"],
  effect: "A cookie the visitor chose becomes his session.",
  replace: (seams) => ({ ...seams, proxy: { ...seams.proxy, cookieFor: (offered) => offered[0] } }),
};
