import { withRepository } from "../repository/rewired.ts";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const choicesLost: Defect = {
  name: "choices-lost",
  area: "rules",
  breaks: ["QR-057"],
  effect: "A new custom property has no values to choose from.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) =>
        asked.method === "POST" && asked.path === "/qrs/custompropertydefinition" && isRecord(asked.body)
          ? { ...asked, body: { ...asked.body, choiceValues: [] } }
          : asked,
    }),
};
