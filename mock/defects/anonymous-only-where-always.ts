import type { Defect } from "../seams.ts";

export const anonymousOnlyWhereAlways: Defect = {
  name: "anonymous-only-where-always",
  area: "impersonation",
  breaks: ["IM-016"],
  effect: "A virtual proxy that allows anonymous users asks everybody for a token.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      readProxy: (proxy) => ({ ...proxy, anonymous: proxy.anonymous === "allow" ? "none" : proxy.anonymous }),
    },
  }),
};
