import { withRepository } from "../repository/rewired.ts";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const rolesLost: Defect = {
  name: "roles-lost",
  area: "rules",
  breaks: ["QR-060"],
  effect: "A new user does not get his roles.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) =>
        asked.method === "POST" && asked.path === "/qrs/user" && isRecord(asked.body)
          ? { ...asked, body: { ...asked.body, roles: [] } }
          : asked,
    }),
};
