import type { Defect } from "../seams.ts";

export const autogenerateOneShort: Defect = {
  name: "autogenerate-one-short",
  area: "section-access",
  breaks: ["LS-LOAD-03"],
  effect: "AUTOGENERATE makes one record less than it is told.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) =>
        seams.engine.reload(script.replaceAll(/\bautogenerate\s*\(?\s*(\d+)\s*\)?/gi, "AUTOGENERATE $1 - 1"), options),
    },
  }),
};
