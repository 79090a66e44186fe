import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const ownPrivilegeUnasked: Defect = {
  name: "own-privilege-unasked",
  area: "rules",
  breaks: ["SR-472"],
  effect: "HasPrivilege on the resource itself finds no right.",
  replace: (seams) =>
    withCondition(seams, (text) =>
      text.replaceAll(/\bresource\.HasPrivilege\("[^"]*"\)/g, "resource.resourcetype.Empty()"),
    ),
};
