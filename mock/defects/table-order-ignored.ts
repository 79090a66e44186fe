import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const tableOrderIgnored: Defect = {
  name: "table-order-ignored",
  area: "rules",
  breaks: ["QR-030"],
  effect: "A table's rows come in the order they are stored in.",
  replace: (seams) =>
    withRepository(seams, { read: (asked) => ({ ...asked, search: asked.search.replace("sortColumn=", "unread=") }) }),
};
