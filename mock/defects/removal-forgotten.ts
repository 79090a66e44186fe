import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const removalForgotten: Defect = {
  name: "removal-forgotten",
  area: "rules",
  breaks: ["QR-005"],
  effect: "A removal is confirmed and not done.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) => (asked.method === "DELETE" ? { ...asked, method: "GET" } : asked),
      answer: (asked, answered) =>
        asked.method === "DELETE" && answered.status === 200 ? { ...answered, status: 204 } : answered,
    }),
};
