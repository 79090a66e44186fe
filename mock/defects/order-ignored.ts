import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const orderIgnored: Defect = {
  name: "order-ignored",
  area: "rules",
  breaks: ["QR-024"],
  effect: "Lists come in the order they are stored in.",
  replace: (seams) =>
    withRepository(seams, { read: (asked) => ({ ...asked, search: asked.search.replace("orderby=", "unread=") }) }),
};
