import type { Defect } from "../seams.ts";

export const accessByReadBit: Defect = {
  name: "access-by-read-bit",
  area: "rules",
  breaks: ["SR-235"],
  effect: "Licence and load-balancing rules are read by the bit of read instead of bit 1.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      askedBit: (action) =>
        seams.rules.askedBit(action) === 1 && action !== "create" ? 2 : seams.rules.askedBit(action),
    },
  }),
};
