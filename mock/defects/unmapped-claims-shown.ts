import type { Defect } from "../seams.ts";

export const unmappedClaimsShown: Defect = {
  name: "unmapped-claims-shown",
  area: "impersonation",
  breaks: ["IM-050"],
  effect: "Claims nobody mapped reach the rules.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      mappedAttributes: (settings, claims) => {
        const all = Object.keys(claims).map((claim) => ({ claim, attribute: claim, mandatory: false }));
        return seams.proxy.mappedAttributes({ ...settings, attributes: [...settings.attributes, ...all] }, claims);
      },
    },
  }),
};
