import type { Defect } from "../seams.ts";

export const unknownFieldsGetHandles: Defect = {
  name: "unknown-fields-get-handles",
  area: "impersonation",
  breaks: ["EN-011"],
  effect: "A field that is not there is answered like one that is.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      answer: (request, answer) =>
        request["method"] === "GetField" ? { result: { qReturn: { qType: "Field", qHandle: 9 } } } : answer,
    },
  }),
};
