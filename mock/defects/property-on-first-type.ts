import { withRepository } from "../repository/rewired.ts";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const propertyOnFirstType: Defect = {
  name: "property-on-first-type",
  area: "rules",
  breaks: ["QR-043"],
  effect: "A custom property is offered on the first of its types alone.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (_asked, answered) => {
        const types = isRecord(answered.body) ? answered.body["objectTypes"] : null;
        if (!isRecord(answered.body) || !Array.isArray(types)) return answered;
        return { ...answered, body: { ...answered.body, objectTypes: types.slice(0, 1) } };
      },
    }),
};
