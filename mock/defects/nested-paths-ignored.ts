import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const nestedPathsIgnored: Defect = {
  name: "nested-paths-ignored",
  area: "rules",
  breaks: ["QR-022"],
  effect: "A filter over a reference or a custom property finds everything.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) =>
        /filter=(%40|@|\w+\.)/.test(asked.search)
          ? { ...asked, search: asked.search.replace("filter=", "unread=") }
          : asked,
    }),
};
