import type { Defect } from "../seams.ts";

export const numbersAsText: Defect = {
  name: "numbers-as-text",
  area: "section-access",
  breaks: ["SA-TYPE-01", "SA-TYPE-02"],
  effect: "Numbers in section access are compared as texts and match no number of the data.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      borderSymbol: (symbol, side, dialect) =>
        seams.engine.borderSymbol(side === "access" ? symbol.replace(/^N:/, "T:") : symbol, side, dialect),
    },
  }),
};
