import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const containsMeansBegins: Defect = {
  name: "contains-means-begins",
  area: "rules",
  breaks: ["QR-020"],
  effect: "The filter operator so finds only what a text begins with.",
  replace: (seams) =>
    withRepository(seams, { read: (asked) => ({ ...asked, search: asked.search.replaceAll("%20so%20", "%20sw%20") }) }),
};
