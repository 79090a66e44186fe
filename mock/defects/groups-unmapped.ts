import type { Defect } from "../seams.ts";

export const groupsUnmapped: Defect = {
  name: "groups-unmapped",
  area: "impersonation",
  breaks: ["IM-047", "IM-003"],
  effect: "Groups of a token never reach the rules.",
  replace: (seams) => ({ ...seams, proxy: { ...seams.proxy, mappedAttributes: () => ({}) } }),
};
