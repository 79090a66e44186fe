import type { Defect } from "../seams.ts";

export const adminStrict: Defect = {
  name: "admin-strict",
  area: "section-access",
  breaks: ["SA-STR-04"],
  effect: "An ADMIN whose values the data lack is refused.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      fieldFate: (dialect) => seams.engine.fieldFate({ ...dialect, adminNoMatch: "deny" }),
    },
  }),
};
