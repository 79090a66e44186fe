import { withRepository } from "../repository/rewired.ts";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const tagNameLost: Defect = {
  name: "tag-name-lost",
  area: "rules",
  breaks: ["QR-065"],
  effect: "A new tag does not get its name.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) =>
        asked.method === "POST" && asked.path === "/qrs/tag" && isRecord(asked.body)
          ? { ...asked, body: { ...asked.body, name: "tag" } }
          : asked,
    }),
};
