import type { Defect } from "../seams.ts";

export const audienceIgnored: Defect = {
  name: "audience-ignored",
  area: "impersonation",
  breaks: ["IM-038"],
  effect: "A token for another audience is believed.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      verifyToken: async (token, { certificate }) => seams.proxy.verifyToken(token, { certificate }),
    },
  }),
};
