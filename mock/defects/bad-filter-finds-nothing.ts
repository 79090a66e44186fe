import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const badFilterFindsNothing: Defect = {
  name: "bad-filter-finds-nothing",
  area: "rules",
  breaks: ["QR-023"],
  effect: "A filter that cannot be read finds nothing and says so to nobody.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (_asked, answered) =>
        typeof answered.body === "string" && answered.body.startsWith("Cannot parse")
          ? { status: 200, type: "application/json", body: [] }
          : answered,
    }),
};
