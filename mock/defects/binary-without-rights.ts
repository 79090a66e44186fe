import type { Defect } from "../seams.ts";

export const binaryWithoutRights: Defect = {
  name: "binary-without-rights",
  area: "section-access",
  breaks: ["SA-LIF-05", "EN-044c"],
  effect: "A binary load brings the data without their section access.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) =>
        seams.engine.reload(script, {
          ...options,
          binary: (path) => ({ app: options?.binary?.(path)?.app ?? [] }),
        }),
    },
  }),
};
