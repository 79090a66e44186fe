import type { Defect } from "../seams.ts";

export const labelsIgnored: Defect = {
  name: "labels-ignored",
  area: "section-access",
  breaks: ["LS-LOAD-07"],
  effect: "Tables are numbered whatever their labels say.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => {
        const { app, ...rest } = seams.engine.reload(script, options);
        return { ...rest, app: app.map((table, index) => ({ ...table, name: `Table ${index + 1}` })) };
      },
    },
  }),
};
