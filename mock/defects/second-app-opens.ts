import { documentHandle } from "../engine/session.ts";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const secondAppOpens: Defect = {
  name: "second-app-opens",
  area: "impersonation",
  breaks: ["EN-004"],
  effect: "A socket opens a second app.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      answer: (request, answer) =>
        request["method"] === "OpenDoc" && isRecord(answer["error"]) && answer["error"]["code"] === 1002
          ? { result: { qReturn: { qType: "Doc", qHandle: documentHandle } } }
          : answer,
    },
  }),
};
