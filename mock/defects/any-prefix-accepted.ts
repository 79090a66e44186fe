import { randomUUID } from "node:crypto";
import { isRecord } from "../fields.ts";
import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const anyPrefixAccepted: Defect = {
  name: "any-prefix-accepted",
  area: "impersonation",
  breaks: ["IM-007"],
  effect: "A prefix may hold any character.",
  replace: (seams) =>
    withRepository(seams, {
      answer: ({ method, path, body }, answered) =>
        method === "POST" && path === "/qrs/virtualproxyconfig" && answered.status === 400 && isRecord(body)
          ? { status: 201, type: "application/json", body: { ...body, id: randomUUID() } }
          : answered,
    }),
};
