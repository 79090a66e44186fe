import { withRepository } from "../repository/rewired.ts";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const streamNameLost: Defect = {
  name: "stream-name-lost",
  area: "rules",
  breaks: ["QR-056"],
  effect: "A new stream does not get its name.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) =>
        asked.method === "POST" && asked.path === "/qrs/stream" && isRecord(asked.body)
          ? { ...asked, body: { ...asked.body, name: "Stream" } }
          : asked,
    }),
};
