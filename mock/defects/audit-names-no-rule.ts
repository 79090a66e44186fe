import { withRepository } from "../repository/rewired.ts";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const auditNamesNoRule: Defect = {
  name: "audit-names-no-rule",
  area: "rules",
  breaks: ["QR-034"],
  effect: "An audit does not tell which rules apply.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (asked, answered) =>
        asked.path.endsWith("/security/audit") && isRecord(answered.body)
          ? { ...answered, body: { ...answered.body, ruleApplication: [] } }
          : answered,
    }),
};
