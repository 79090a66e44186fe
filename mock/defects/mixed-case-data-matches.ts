import type { Defect } from "../seams.ts";

export const mixedCaseDataMatches: Defect = {
  name: "mixed-case-data-matches",
  area: "section-access",
  breaks: ["SA-CASE-04"],
  effect: "Data match section access whatever their letter case.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      borderSymbol: (symbol, side, dialect) =>
        seams.engine.borderSymbol(symbol, side, { ...dialect, valueMatch: "caseInsensitive" }),
    },
  }),
};
