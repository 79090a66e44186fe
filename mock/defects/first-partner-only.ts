import type { Defect } from "../seams.ts";

export const firstPartnerOnly: Defect = {
  name: "first-partner-only",
  area: "section-access",
  breaks: ["SA-PRP-09"],
  effect: "Of several rows that link to a record, only the first keeps it.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      carries: `v.line = (SELECT min(o.line) FROM app_key o WHERE o.link = v.link AND o.symbol = v.symbol
        AND o.line IN (SELECT l.line FROM app_line l WHERE l.node = s.node))`,
    },
  }),
};
