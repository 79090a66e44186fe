import type { Defect } from "../seams.ts";

export const ticketsTakeTokens: Defect = {
  name: "tickets-take-tokens",
  area: "impersonation",
  breaks: ["IM-002"],
  effect: "A virtual proxy for tickets accepts tokens.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      readProxy: (proxy) => ({ ...proxy, method: proxy.method === "ticket" ? "jwt" : proxy.method }),
    },
  }),
};
