import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const publishDoesNothing: Defect = {
  name: "publish-does-nothing",
  area: "rules",
  breaks: ["QR-053"],
  effect: "Publishing an app answers the app and leaves it where it was.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) =>
        asked.path.endsWith("/publish") ? { ...asked, method: "GET", path: asked.path.replace("/publish", "") } : asked,
    }),
};
