import type { Defect } from "../seams.ts";

export const interfaceEndsNobody: Defect = {
  name: "interface-ends-nobody",
  area: "impersonation",
  breaks: ["IM-086"],
  effect: "Logging a user out by the proxy's interface leaves his sessions.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      endUser: () => {},
    },
  }),
};
