import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const ownerPropertiesUnread: Defect = {
  name: "owner-properties-unread",
  area: "rules",
  breaks: ["SR-423"],
  effect: "Properties behind an owner are those of the resource.",
  replace: (seams) => withCondition(seams, (text) => text.replaceAll(/resource\.owner\.(?=\w)/g, "resource.")),
};
