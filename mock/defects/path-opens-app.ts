import { documentHandle } from "../engine/session.ts";
import type { Defect } from "../seams.ts";

export const pathOpensApp: Defect = {
  name: "path-opens-app",
  area: "impersonation",
  breaks: ["EN-003"],
  effect: "The app in a socket's path is open before anybody opens it.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      answer: (request, answer) =>
        request["method"] === "GetActiveDoc" && answer["error"] !== undefined
          ? { result: { qReturn: { qType: "Doc", qHandle: documentHandle } } }
          : answer,
    },
  }),
};
