import { isRecord } from "../fields.ts";
import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const proxyNodesUntold: Defect = {
  name: "proxy-nodes-untold",
  area: "impersonation",
  breaks: ["IM-001"],
  effect: "A virtual proxy is read without its nodes.",
  replace: (seams) =>
    withRepository(seams, {
      answer: ({ path }, answered) =>
        path.startsWith("/qrs/virtualproxyconfig/") && isRecord(answered.body)
          ? { ...answered, body: { ...answered.body, loadBalancingServerNodes: null } }
          : answered,
    }),
};
