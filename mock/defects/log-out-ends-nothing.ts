import type { Defect } from "../seams.ts";

export const logOutEndsNothing: Defect = {
  name: "log-out-ends-nothing",
  area: "impersonation",
  breaks: ["IM-085"],
  effect: "A session lives on after its log-out.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      logOut: () => {},
    },
  }),
};
