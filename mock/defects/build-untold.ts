import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const buildUntold: Defect = {
  name: "build-untold",
  area: "rules",
  breaks: ["QR-002"],
  effect: "About does not tell the build.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (asked, answered) => (asked.path === "/qrs/about" ? { ...answered, body: {} } : answered),
    }),
};
