import type { Defect } from "../seams.ts";

export const xrfkeyUnchecked: Defect = {
  name: "xrfkey-unchecked",
  area: "impersonation",
  breaks: ["IM-100", "IM-101"],
  effect: "The repository answers without matching keys.",
  replace: (seams) => ({ ...seams, proxy: { ...seams.proxy, xrfHolds: () => true } }),
};
