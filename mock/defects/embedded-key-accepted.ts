import { EmbeddedJWK, jwtVerify } from "jose";
import type { Claims } from "../proxy/model.ts";
import type { Defect } from "../seams.ts";

async function byItself(token: string): Promise<Claims> {
  return (await jwtVerify(token, EmbeddedJWK)).payload;
}

export const embeddedKeyAccepted: Defect = {
  name: "embedded-key-accepted",
  area: "impersonation",
  breaks: ["IM-033"],
  effect: "A token brings the key it is checked with.",
  replace: ({ proxy: { verifyToken, ...proxy }, ...seams }) => {
    const either: typeof verifyToken = async (...ask) => verifyToken(...ask).catch(async () => byItself(ask[0]));
    return { ...seams, proxy: { ...proxy, verifyToken: either } };
  },
};
