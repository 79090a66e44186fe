import { errors } from "jose";
import type { Defect } from "../seams.ts";

export const expiredAccepted: Defect = {
  name: "expired-accepted",
  area: "impersonation",
  breaks: ["IM-036"],
  effect: "A token is good for ever.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      verifyToken: async (token, trust) =>
        seams.proxy.verifyToken(token, trust).catch((error: unknown) => {
          if (error instanceof errors.JWTExpired) return error.payload;
          throw error;
        }),
    },
  }),
};
