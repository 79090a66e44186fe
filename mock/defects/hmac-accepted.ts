import { createSecretKey } from "node:crypto";
import { jwtVerify } from "jose";
import type { Claims, Trust } from "../proxy/model.ts";
import type { Defect } from "../seams.ts";

async function byHmac(token: string, { certificate }: Trust): Promise<Claims> {
  return (await jwtVerify(token, createSecretKey(Buffer.from(certificate)))).payload;
}

export const hmacAccepted: Defect = {
  name: "hmac-accepted",
  area: "impersonation",
  breaks: ["IM-031"],
  effect: "Whoever has the public certificate can sign tokens with it.",
  replace: ({ proxy: { verifyToken, ...proxy }, ...seams }) => {
    const either: typeof verifyToken = async (...ask) => verifyToken(...ask).catch(async () => byHmac(...ask));
    return { ...seams, proxy: { ...proxy, verifyToken: either } };
  },
};
