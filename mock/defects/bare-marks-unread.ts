import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const bareMarksUnread: Defect = {
  name: "bare-marks-unread",
  area: "rules",
  breaks: ["QR-025"],
  effect: "A filter whose parentheses are not encoded is passed over.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) =>
        asked.search.includes("(") ? { ...asked, search: asked.search.replace("filter=", "unread=") } : asked,
    }),
};
