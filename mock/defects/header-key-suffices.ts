import type { Defect } from "../seams.ts";

export const headerKeySuffices: Defect = {
  name: "header-key-suffices",
  area: "impersonation",
  breaks: ["IM-102"],
  effect: "A request without a key in its query is answered if a header has one.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      xrfHolds: (query, header) => (query === undefined ? header !== null : seams.proxy.xrfHolds(query, header)),
    },
  }),
};
