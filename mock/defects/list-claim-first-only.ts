import type { Attributes } from "../proxy/model.ts";
import type { Defect } from "../seams.ts";

function firsts(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, values]) => [name, values.slice(0, 1)]));
}

export const listClaimFirstOnly: Defect = {
  name: "list-claim-first-only",
  area: "impersonation",
  breaks: ["IM-048"],
  effect: "Only the first value of a claim that is a list counts.",
  replace: ({ proxy, ...seams }) => {
    const mappedAttributes: typeof proxy.mappedAttributes = (...ask) => firsts(proxy.mappedAttributes(...ask));
    return { ...seams, proxy: { ...proxy, mappedAttributes } };
  },
};
