import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const ownerByName: Defect = {
  name: "owner-by-name",
  area: "rules",
  breaks: ["SR-333"],
  effect: "Owner and user are the same when their names are.",
  replace: (seams) =>
    withCondition(seams, (text) =>
      text.replaceAll(/resource\.owner\s*=\s*user\b(?!\.)/g, "resource.owner.name = user.name"),
    ),
};
