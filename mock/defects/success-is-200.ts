import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const successIs200: Defect = {
  name: "success-is-200",
  area: "rules",
  breaks: ["QR-006"],
  effect: "Whatever succeeds is answered with 200.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (_asked, answered) => (answered.status < 300 ? { ...answered, status: 200 } : answered),
    }),
};
