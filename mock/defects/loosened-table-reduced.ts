import type { Defect } from "../seams.ts";

export const loosenedTableReduced: Defect = {
  name: "loosened-table-reduced",
  area: "section-access",
  breaks: ["SA-PRP-07"],
  effect: "A loosely coupled table is reduced through its links.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => {
        const { app, ...rest } = seams.engine.reload(script, options);
        return { ...rest, app: app.map((table) => ({ ...table, loosened: false })) };
      },
    },
  }),
};
