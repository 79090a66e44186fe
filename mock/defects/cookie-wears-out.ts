import type { Session } from "../proxy/model.ts";
import type { Defect } from "../seams.ts";

export const cookieWearsOut: Defect = {
  name: "cookie-wears-out",
  area: "impersonation",
  breaks: ["IM-043"],
  effect: "The cookie of a virtual proxy that maps no attributes is good for one request only.",
  replace: (seams) => {
    const used = new WeakSet<Session>();
    const sessionOf: typeof seams.proxy.sessionOf = (sessions, proxy, cookie) => {
      const session = seams.proxy.sessionOf(sessions, proxy, cookie);
      if (session === undefined || (proxy.jwt.attributes.length === 0 && used.has(session))) return undefined;
      used.add(session);
      return session;
    };
    return { ...seams, proxy: { ...seams.proxy, sessionOf } };
  },
};
