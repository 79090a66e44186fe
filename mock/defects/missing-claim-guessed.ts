import type { Defect } from "../seams.ts";

export const missingClaimGuessed: Defect = {
  name: "missing-claim-guessed",
  area: "impersonation",
  breaks: ["IM-046"],
  effect: "A token without a claim that is asked for is taken for a guest's.",
  replace: (seams) => ({
    ...seams,
    proxy: { ...seams.proxy, claimNamed: (claims, name) => seams.proxy.claimNamed(claims, name) ?? "guest" },
  }),
};
