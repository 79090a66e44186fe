import type { Defect } from "../seams.ts";

export const blockedUserEnters: Defect = {
  name: "blocked-user-enters",
  area: "impersonation",
  breaks: ["IM-052", "UD-007"],
  effect: "A blocked user logs in as before.",
  replace: (seams) => ({ ...seams, proxy: { ...seams.proxy, mayLogin: () => true } }),
};
