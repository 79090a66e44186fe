import { withRepository } from "../repository/rewired.ts";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const newProxiesNeverTimeOut: Defect = {
  name: "new-proxies-never-time-out",
  area: "impersonation",
  breaks: ["IM-004"],
  effect: "A new virtual proxy has a time-out of 0 minutes.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (asked, answered) =>
        asked.method === "POST" && asked.path === "/qrs/virtualproxyconfig" && isRecord(answered.body)
          ? { ...answered, body: { ...answered.body, sessionInactivityTimeout: 0 } }
          : answered,
    }),
};
