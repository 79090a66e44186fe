import type { Defect } from "../seams.ts";

export const hubCallsUnanswered: Defect = {
  name: "hub-calls-unanswered",
  area: "section-access",
  breaks: ["EN-033"],
  effect: "The engine does not know a call that every hub makes after opening an app.",
  replace: (seams) => ({
    ...seams,
    engine: { ...seams.engine, knowsMethod: (method) => method !== "GetConfiguration" },
  }),
};
