import type { Defect } from "../seams.ts";

export const rightsCopyHidden: Defect = {
  name: "rights-copy-hidden",
  area: "section-access",
  breaks: ["SA-SCR-07"],
  effect: "A table of the app that looks like a copy of the rights is left out.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => {
        const { app, ...rest } = seams.engine.reload(script, options);
        return { ...rest, app: app.filter(({ fields }) => !fields.some((field) => /^(ACCESS|LOGIN)$/.test(field))) };
      },
    },
  }),
};
