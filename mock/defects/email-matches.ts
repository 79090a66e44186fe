import type { Defect } from "../seams.ts";

export const emailMatches: Defect = {
  name: "email-matches",
  area: "section-access",
  breaks: ["SA-SYS-03"],
  effect: "USER.EMAIL matches the e-mail address on a client-managed site.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      identityNames: (who, dialect) => seams.engine.identityNames(who, { ...dialect, userEmail: "email" }),
    },
  }),
};
