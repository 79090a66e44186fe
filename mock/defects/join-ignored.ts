import type { Defect } from "../seams.ts";

export const joinIgnored: Defect = {
  name: "join-ignored",
  area: "section-access",
  breaks: ["LS-MOD-03"],
  effect: "JOIN and KEEP leave their tables as they are.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) =>
        seams.engine.reload(
          script.replaceAll(/\b(?:(?:inner|left|right|outer)\s+)?(?:join|keep)\b\s*(?:\([^)]*\))?(?=\s*load)/gi, ""),
          options,
        ),
    },
  }),
};
