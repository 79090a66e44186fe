import { same } from "../rules/model.ts";
import type { Defect } from "../seams.ts";

export const claimNamesIgnoreCase: Defect = {
  name: "claim-names-ignore-case",
  area: "impersonation",
  breaks: ["IM-034"],
  effect: "Claims are found by names in any letter case.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      claimNamed: (claims, name) => Object.entries(claims).find(([claim]) => same(claim, name))?.[1],
    },
  }),
};
