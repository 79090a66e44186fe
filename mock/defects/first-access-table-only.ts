import type { Defect } from "../seams.ts";

export const firstAccessTableOnly: Defect = {
  name: "first-access-table-only",
  area: "section-access",
  breaks: ["SA-SCR-04", "SA-OMT-05"],
  effect: "Only the first table of section access is looked at.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => {
        const { access, ...rest } = seams.engine.reload(script, options);
        return access === undefined ? rest : { ...rest, access: access.slice(0, 1) };
      },
    },
  }),
};
