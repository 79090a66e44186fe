import { withRepository } from "../repository/rewired.ts";
import { isRecord, textAt } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const rowGetsFile: Defect = {
  name: "row-gets-file",
  area: "rules",
  breaks: ["QR-009"],
  effect: "An app made in the repository has an empty file at once.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) => {
        if (asked.method !== "POST" || asked.path !== "/qrs/app" || !isRecord(asked.body)) return asked;
        const search = `${asked.search}&name=${encodeURIComponent(textAt(asked.body, "name"))}`;
        return { ...asked, path: "/qrs/app/upload", search, body: { tables: [] } };
      },
    }),
};
