import type { Defect } from "../seams.ts";

export const cookieFromLogInAlone: Defect = {
  name: "cookie-from-log-in-alone",
  area: "impersonation",
  breaks: ["IM-070"],
  effect: "Only the log-in address hands out the session cookie, other first requests do not.",
  replace: (seams) => ({ ...seams, proxy: { ...seams.proxy, bringsCookie: (path) => path.startsWith("/qps/") } }),
};
