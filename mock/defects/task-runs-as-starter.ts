import type { Defect } from "../seams.ts";

export const taskRunsAsStarter: Defect = {
  name: "task-runs-as-starter",
  area: "section-access",
  breaks: ["EN-035", "QR-063"],
  effect: "A reload task runs as whoever started it.",
  replace: (seams) => ({ ...seams, engine: { ...seams.engine, taskRunsAs: (starter) => starter } }),
};
