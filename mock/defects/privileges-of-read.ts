import { withRepository } from "../repository/rewired.ts";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const privilegesOfRead: Defect = {
  name: "privileges-of-read",
  area: "rules",
  breaks: ["QR-033", "SR-703"],
  effect: "Whoever reads an entity is told the privilege to change it.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (_asked, answered) => {
        const told = isRecord(answered.body) ? answered.body["privileges"] : null;
        if (!isRecord(answered.body) || !Array.isArray(told)) return answered;
        return { ...answered, body: { ...answered.body, privileges: [...told, "update"] } };
      },
    }),
};
