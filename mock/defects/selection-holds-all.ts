import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const selectionHoldsAll: Defect = {
  name: "selection-holds-all",
  area: "rules",
  breaks: ["QR-032"],
  effect: "A selection holds all entities of its type.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) =>
        asked.path.startsWith("/qrs/selection/")
          ? { ...asked, search: asked.search.replace("filter=", "unread=") }
          : asked,
    }),
};
