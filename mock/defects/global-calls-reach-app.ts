import { documentHandle } from "../engine/session.ts";
import type { Defect } from "../seams.ts";

export const globalCallsReachApp: Defect = {
  name: "global-calls-reach-app",
  area: "impersonation",
  breaks: ["EN-010"],
  effect: "A call on the global handle reaches the open app.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      request: (request) => (request["method"] === "GetAppLayout" ? { ...request, handle: documentHandle } : request),
    },
  }),
};
