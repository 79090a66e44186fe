import { withRepository } from "../repository/rewired.ts";
import { recordsOf } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const appOwnerUntold: Defect = {
  name: "app-owner-untold",
  area: "rules",
  breaks: ["QR-051"],
  effect: "The list of apps does not tell whose they are.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (asked, answered) =>
        asked.path === "/qrs/app/full"
          ? { ...answered, body: recordsOf(answered.body).map((one) => ({ ...one, owner: null })) }
          : answered,
    }),
};
