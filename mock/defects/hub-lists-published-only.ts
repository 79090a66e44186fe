import { withRepository } from "../repository/rewired.ts";
import { recordsOf } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const hubListsPublishedOnly: Defect = {
  name: "hub-lists-published-only",
  area: "rules",
  breaks: ["QR-050"],
  effect: "The hub lists published apps alone.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (asked, answered) =>
        asked.path === "/qrs/app/hublist"
          ? { ...answered, body: recordsOf(answered.body).filter((one) => one["published"] === true) }
          : answered,
    }),
};
