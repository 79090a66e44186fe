import type { Defect } from "../seams.ts";

export const systemStarListedOnly: Defect = {
  name: "system-star-listed-only",
  area: "section-access",
  breaks: ["SA-WLD-01"],
  effect: "`*` in a system field means only users and groups listed in the column.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      starFits: `(c.star AND EXISTS (SELECT 1 FROM access_cell l JOIN identity n ON n.field = l.field AND n.name = l.text
        WHERE l.app = c.app AND l.field = c.field AND n.pair = p.pair))`,
    },
  }),
};
