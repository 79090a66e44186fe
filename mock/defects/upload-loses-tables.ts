import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const uploadLosesTables: Defect = {
  name: "upload-loses-tables",
  area: "rules",
  breaks: ["QR-052"],
  effect: "An app made of a file has no data.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) => (asked.path === "/qrs/app/upload" ? { ...asked, body: { tables: [] } } : asked),
    }),
};
