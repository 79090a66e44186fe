import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const staleUpdatesAccepted: Defect = {
  name: "stale-updates-accepted",
  area: "impersonation",
  breaks: ["IM-021"],
  effect: "An update with an old date is answered as if it were made.",
  replace: (seams) =>
    withRepository(seams, {
      answer: ({ body }, answered) =>
        answered.status === 409 ? { status: 200, type: "application/json", body } : answered,
    }),
};
