import type { Defect } from "../seams.ts";

export const cookieWinsOverToken: Defect = {
  name: "cookie-wins-over-token",
  area: "impersonation",
  breaks: ["IM-041", "IM-042"],
  effect: "A live cookie makes the token beside it unread.",
  replace: (seams) => ({ ...seams, proxy: { ...seams.proxy, cookieSuffices: () => true } }),
};
