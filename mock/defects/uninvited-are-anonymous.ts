import type { Defect } from "../seams.ts";

export const uninvitedAreAnonymous: Defect = {
  name: "uninvited-are-anonymous",
  area: "impersonation",
  breaks: ["IM-044"],
  effect: "Who brings neither token nor cookie is let in as an anonymous user.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      readProxy: (proxy) => ({ ...proxy, anonymous: proxy.anonymous === "none" ? "allow" : proxy.anonymous }),
    },
  }),
};
