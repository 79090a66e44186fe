import type { Defect } from "../seams.ts";

export const setExpressionEscapes: Defect = {
  name: "set-expression-escapes",
  area: "section-access",
  breaks: ["SA-RED-13"],
  effect: "An expression over {1} sees the whole app, reduced or not.",
  replace: (seams) => ({ ...seams, engine: { ...seams.engine, clearedTables: (_counted, whole) => whole } }),
};
