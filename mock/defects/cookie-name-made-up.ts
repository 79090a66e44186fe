import { withRepository } from "../repository/rewired.ts";
import { randomUUID } from "node:crypto";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const cookieNameMadeUp: Defect = {
  name: "cookie-name-made-up",
  area: "impersonation",
  breaks: ["IM-006"],
  effect: "A virtual proxy without a cookie name gets one.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) =>
        asked.method === "POST" && asked.path === "/qrs/virtualproxyconfig" && isRecord(asked.body)
          ? { ...asked, body: { sessionCookieHeaderName: `X-Qlik-Session-${randomUUID()}`, ...asked.body } }
          : asked,
    }),
};
