import { withRepository } from "../repository/rewired.ts";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const auditFieldsMissing: Defect = {
  name: "audit-fields-missing",
  area: "rules",
  breaks: ["QR-001"],
  effect: "Entities tell neither when nor by whom they were made.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (_asked, answered) => {
        if (!isRecord(answered.body)) return answered;
        const { createdDate: _made, modifiedDate: _changed, modifiedByUserName: _by, ...body } = answered.body;
        return { ...answered, body };
      },
    }),
};
