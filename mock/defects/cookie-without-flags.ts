import type { Defect } from "../seams.ts";

export const cookieWithoutFlags: Defect = {
  name: "cookie-without-flags",
  area: "impersonation",
  breaks: ["IM-009"],
  effect: "The session cookie goes out bare, whatever the virtual proxy is configured with.",
  replace: (seams) => ({
    ...seams,
    proxy: { ...seams.proxy, setCookie: ({ cookieName }, value) => `${cookieName}=${value}; Path=/` },
  }),
};
