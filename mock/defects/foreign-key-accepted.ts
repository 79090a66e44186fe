import { decodeJwt, errors } from "jose";
import type { Defect } from "../seams.ts";

export const foreignKeyAccepted: Defect = {
  name: "foreign-key-accepted",
  area: "impersonation",
  breaks: ["IM-032", "IM-045"],
  effect: "Anybody's key can sign tokens.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      verifyToken: async (token, trust) =>
        seams.proxy.verifyToken(token, trust).catch((error: unknown) => {
          if (error instanceof errors.JWSSignatureVerificationFailed) return decodeJwt(token);
          throw error;
        }),
    },
  }),
};
