import type { Defect } from "../seams.ts";

export const rightsShownAsData: Defect = {
  name: "rights-shown-as-data",
  area: "section-access",
  breaks: ["SA-SCR-06", "SA-SCR-05"],
  effect: "Tables of section access are tables of the app too.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => {
        const { access = [], app, ...rest } = seams.engine.reload(script, options);
        const shown = access.map(({ name, fields, rows }) => ({ name, fields, rows, loosened: false }));
        return access.length === 0 ? { ...rest, app } : { ...rest, access, app: [...app, ...shown] };
      },
    },
  }),
};
