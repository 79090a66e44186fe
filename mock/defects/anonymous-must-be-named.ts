import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const anonymousMustBeNamed: Defect = {
  name: "anonymous-must-be-named",
  area: "rules",
  breaks: ["SR-522"],
  effect: "A rule without a condition is not for anonymous users.",
  replace: (seams) => withCondition(seams, (text) => (text.trim() === "" ? "!user.IsAnonymous()" : text)),
};
