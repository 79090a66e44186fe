import type { Defect } from "../seams.ts";

export const cookieOfOtherProxy: Defect = {
  name: "cookie-of-other-proxy",
  area: "impersonation",
  breaks: ["IM-057"],
  effect: "The cookie of one virtual proxy opens another.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      sessionOf: (sessions, _proxy, cookie) => sessions.all().find((session) => session.cookie === cookie),
    },
  }),
};
