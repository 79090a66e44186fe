import type { Defect } from "../seams.ts";

export const caseSensitiveIdentity: Defect = {
  name: "case-sensitive-identity",
  area: "section-access",
  breaks: ["SA-SYS-08"],
  effect: "A user is found only when his name is written in the letter case of the rights.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      comparedName: (name) => name,
    },
  }),
};
