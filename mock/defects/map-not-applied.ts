import type { Defect } from "../seams.ts";

export const mapNotApplied: Defect = {
  name: "map-not-applied",
  area: "section-access",
  breaks: ["LS-MOD-07"],
  effect: "ApplyMap gives back what it was asked for.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) =>
        seams.engine.reload(script.replaceAll(/\bapplymap\s*\(\s*'[^']*'\s*,\s*([^,)]+)[^)]*\)/gi, "$1"), options),
    },
  }),
};
