import { withRepository } from "../repository/rewired.ts";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const ruleContextLost: Defect = {
  name: "rule-context-lost",
  area: "rules",
  breaks: ["QR-058"],
  effect: "A rule made for the hub holds in the console, too.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) =>
        asked.method === "POST" && asked.path === "/qrs/systemrule" && isRecord(asked.body)
          ? { ...asked, body: { ...asked.body, ruleContext: 0 } }
          : asked,
    }),
};
