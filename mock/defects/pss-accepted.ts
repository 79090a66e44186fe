import { createPublicKey } from "node:crypto";
import { jwtVerify } from "jose";
import type { Claims, Trust } from "../proxy/model.ts";
import type { Defect } from "../seams.ts";

async function byAnything(token: string, { certificate }: Trust): Promise<Claims> {
  return (await jwtVerify(token, createPublicKey(certificate))).payload;
}

export const pssAccepted: Defect = {
  name: "pss-accepted",
  area: "impersonation",
  breaks: ["IM-031"],
  effect: "Tokens of an algorithm nobody documented are believed.",
  replace: ({ proxy: { verifyToken, ...proxy }, ...seams }) => {
    const either: typeof verifyToken = async (...ask) => verifyToken(...ask).catch(async () => byAnything(...ask));
    return { ...seams, proxy: { ...proxy, verifyToken: either } };
  },
};
