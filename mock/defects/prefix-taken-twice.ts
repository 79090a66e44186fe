import { randomUUID } from "node:crypto";
import { isRecord } from "../fields.ts";
import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const prefixTakenTwice: Defect = {
  name: "prefix-taken-twice",
  area: "impersonation",
  breaks: ["IM-005"],
  effect: "Two virtual proxies may have the same prefix or cookie name.",
  replace: (seams) =>
    withRepository(seams, {
      answer: ({ method, path, body }, answered) =>
        method === "POST" && path === "/qrs/virtualproxyconfig" && isRecord(body) && answered.status === 400
          ? { status: 201, type: "application/json", body: { ...body, id: randomUUID() } }
          : answered,
    }),
};
