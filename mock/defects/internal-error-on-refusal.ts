import type { Defect } from "../seams.ts";

export const internalErrorOnRefusal: Defect = {
  name: "internal-error-on-refusal",
  area: "section-access",
  breaks: ["SA-ERR-02"],
  effect: "A refusal by section access is answered as an internal error.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      refusalCode: -128,
    },
  }),
};
