import { decodeJwt } from "jose";
import type { Defect } from "../seams.ts";

export const unsignedPayloadTrusted: Defect = {
  name: "unsigned-payload-trusted",
  area: "impersonation",
  breaks: ["IM-032"],
  effect: "A token whose signature was taken off is believed.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      verifyToken: async (token, trust) =>
        token.endsWith(".") ? decodeJwt(token) : seams.proxy.verifyToken(token, trust),
    },
  }),
};
