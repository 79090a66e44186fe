import type { Defect } from "../seams.ts";

export const identityByPrefix: Defect = {
  name: "identity-by-prefix",
  area: "section-access",
  breaks: ["SA-SYS-02"],
  effect: "A user gets the rows of everybody whose name his own begins with.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      matchIdentity: "starts_with(i.name, c.text)",
    },
  }),
};
