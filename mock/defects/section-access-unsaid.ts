import type { Defect } from "../seams.ts";

export const sectionAccessUnsaid: Defect = {
  name: "section-access-unsaid",
  area: "section-access",
  breaks: ["SA-LIF-07"],
  effect: "An app with section access says that it has none.",
  replace: (seams) => ({ ...seams, engine: { ...seams.engine, saysSectionAccess: () => false } }),
};
