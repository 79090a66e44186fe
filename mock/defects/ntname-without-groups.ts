import type { Defect } from "../seams.ts";

export const ntnameWithoutGroups: Defect = {
  name: "ntname-without-groups",
  area: "section-access",
  breaks: ["SA-SYS-06"],
  effect: "NTNAME matches the user's name, not his groups.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      identityNames: (who, dialect) => {
        const names = seams.engine.identityNames(who, dialect);
        return { ...names, NTNAME: names["USERID"] ?? [] };
      },
    },
  }),
};
