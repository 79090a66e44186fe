import { withRepository } from "../repository/rewired.ts";
import { recordsOf } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const proxyTimeOutHidden: Defect = {
  name: "proxy-time-out-hidden",
  area: "rules",
  breaks: ["QR-059"],
  effect: "Virtual proxies are read without their time-out.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (asked, answered) =>
        asked.path.startsWith("/qrs/virtualproxyconfig") && Array.isArray(answered.body)
          ? { ...answered, body: recordsOf(answered.body).map((one) => ({ ...one, sessionInactivityTimeout: null })) }
          : answered,
    }),
};
