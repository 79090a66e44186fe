import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const typeTestIgnored: Defect = {
  name: "type-test-ignored",
  area: "rules",
  breaks: ["SR-208"],
  effect: "A test of the resource type is always true.",
  replace: (seams) =>
    withCondition(seams, (text) => text.replaceAll(/resource\.resourcetype\s*=\s*"[^"]*"/gi, 'user.userId!=""')),
};
