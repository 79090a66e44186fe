import type { Defect } from "../seams.ts";

export const omitFirstOnly: Defect = {
  name: "omit-first-only",
  area: "section-access",
  breaks: ["SA-OMT-02"],
  effect: "Only the first OMIT row of a user is heeded.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      heedsOmit: `c.line = (SELECT min(d.line) FROM applying n JOIN access_cell d ON d.line = n.line
        WHERE n.pair = m.pair AND d.field = 'OMIT' AND NOT d.blank)`,
    },
  }),
};
