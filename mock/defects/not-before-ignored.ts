import { errors } from "jose";
import type { Defect } from "../seams.ts";

export const notBeforeIgnored: Defect = {
  name: "not-before-ignored",
  area: "impersonation",
  breaks: ["IM-036"],
  effect: "A token is good before its time.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      verifyToken: async (token, trust) =>
        seams.proxy.verifyToken(token, trust).catch((error: unknown) => {
          if (error instanceof errors.JWTClaimValidationFailed && error.claim === "nbf") return error.payload;
          throw error;
        }),
    },
  }),
};
