import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const roleIsRoles: Defect = {
  name: "role-is-roles",
  area: "rules",
  breaks: ["SR-403"],
  effect: "A directory attribute called role counts as an admin role.",
  replace: (seams) => withCondition(seams, (text) => text.replaceAll(/\buser\.role\b/g, "user.roles")),
};
