import { withRepository } from "../repository/rewired.ts";
import { recordsOf } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const filterExactCase: Defect = {
  name: "filter-exact-case",
  area: "rules",
  breaks: ["QR-021"],
  effect: "Texts in filters must be written in the letter case of the entity.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (asked, answered) => {
        const [, field, text] = /^\?filter=(\w+) eq '([^']*)'/.exec(decodeURIComponent(asked.search)) ?? [];
        if (field === undefined || !Array.isArray(answered.body)) return answered;
        return { ...answered, body: recordsOf(answered.body).filter((one) => one[field] === text) };
      },
    }),
};
