import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const oneNumberForErrors: Defect = {
  name: "one-number-for-errors",
  area: "impersonation",
  breaks: ["EN-015"],
  effect: "Every protocol error has the same number.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      answer: (request, { error, ...rest }) =>
        isRecord(error) && Number(error["code"]) < -32_000
          ? { error: { ...error, code: -32_603 } }
          : seams.engine.answer(request, error === undefined ? rest : { error }),
    },
  }),
};
