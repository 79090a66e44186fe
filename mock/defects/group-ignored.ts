import type { Defect } from "../seams.ts";

export const groupIgnored: Defect = {
  name: "group-ignored",
  area: "section-access",
  breaks: ["SA-SYS-04"],
  effect: "Groups of a user are not looked at.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      identityNames: (who, dialect) => ({ ...seams.engine.identityNames(who, dialect), GROUP: [] }),
    },
  }),
};
