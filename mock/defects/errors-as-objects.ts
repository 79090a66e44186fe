import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const errorsAsObjects: Defect = {
  name: "errors-as-objects",
  area: "rules",
  breaks: ["QR-007"],
  effect: "Errors come as JSON objects.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (_asked, answered) =>
        answered.status < 400 ? answered : { ...answered, type: "application/json", body: { error: answered.body } },
    }),
};
