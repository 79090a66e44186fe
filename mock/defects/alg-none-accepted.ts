import { decodeJwt, decodeProtectedHeader } from "jose";
import type { Defect } from "../seams.ts";

export const algNoneAccepted: Defect = {
  name: "alg-none-accepted",
  area: "impersonation",
  breaks: ["IM-031"],
  effect: "A token may say that it is not signed.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      verifyToken: async (token, trust) =>
        seams.proxy.verifyToken(token, trust).catch((error: unknown) => {
          if (decodeProtectedHeader(token).alg === "none") return decodeJwt(token);
          throw error;
        }),
    },
  }),
};
