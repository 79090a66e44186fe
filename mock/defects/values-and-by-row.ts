import type { Defect } from "../seams.ts";

export const valuesAndByRow: Defect = {
  name: "values-and-by-row",
  area: "section-access",
  breaks: ["SA-RED-04", "SA-ROW-08"],
  effect: "Reducing values hold only in the pairs in which they stand on one row.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      alsoExcluded: `SELECT b.pair, l.line FROM (SELECT DISTINCT pair FROM bound) b, app_line l, pair p
        WHERE p.pair = b.pair AND l.app = p.app AND NOT EXISTS (FROM applying m WHERE m.pair = b.pair AND NOT EXISTS (
          FROM bound f JOIN app_cell c ON c.line = l.line AND c.field = f.field WHERE f.pair = b.pair AND NOT EXISTS (
            FROM spoken s JOIN app_symbol d ON d.field = s.field AND (s.star OR d.border = s.border)
            WHERE s.pair = b.pair AND s.line = m.line AND s.field = f.field AND d.symbol = c.symbol)))`,
    },
  }),
};
