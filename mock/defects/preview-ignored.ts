import { withRepository } from "../repository/rewired.ts";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const previewIgnored: Defect = {
  name: "preview-ignored",
  area: "rules",
  breaks: ["SR-704"],
  effect: "A matrix asked for with a rule to try out is made without it.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) => {
        if (!isRecord(asked.body)) return asked;
        const { previewRule: _rule, ...body } = asked.body;
        return { ...asked, body };
      },
    }),
};
