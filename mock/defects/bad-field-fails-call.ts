import { invalidParams } from "../engine/errors.ts";
import type { Defect } from "../seams.ts";

export const badFieldFailsCall: Defect = {
  name: "bad-field-fails-call",
  area: "section-access",
  breaks: ["EN-045"],
  effect: "A layout with a field that is not there is no layout but a failed call.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      columnError: (field) => {
        throw invalidParams(field);
      },
    },
  }),
};
