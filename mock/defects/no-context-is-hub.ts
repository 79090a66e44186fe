import { withRepository } from "../repository/rewired.ts";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const noContextIsHub: Defect = {
  name: "no-context-is-hub",
  area: "rules",
  breaks: ["SR-125"],
  effect: "An audit that names no context is one of the hub.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) =>
        isRecord(asked.body) && asked.body["environmentAttributes"] === ""
          ? { ...asked, body: { ...asked.body, environmentAttributes: "context=AppAccess;" } }
          : asked,
    }),
};
