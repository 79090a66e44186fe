import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const refusalsWithoutMessage: Defect = {
  name: "refusals-without-message",
  area: "impersonation",
  breaks: ["EN-014"],
  effect: "A refused call is answered without a message.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      answer: (request, { error, ...rest }) =>
        isRecord(error) && error["code"] === 5
          ? { error: { ...error, message: "" } }
          : seams.engine.answer(request, error === undefined ? rest : { error }),
    },
  }),
};
