import type { Defect } from "../seams.ts";

export const addedHeadersMissing: Defect = {
  name: "added-headers-missing",
  area: "impersonation",
  breaks: ["IM-015"],
  effect: "The additional headers of a virtual proxy are not sent.",
  replace: (seams) => ({ ...seams, proxy: { ...seams.proxy, addedHeaders: () => [] } }),
};
