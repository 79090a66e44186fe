import type { Defect } from "../seams.ts";

export const lockoutUntold: Defect = {
  name: "lockout-untold",
  area: "section-access",
  breaks: ["SA-LIF-03"],
  effect: "Whoever loads rights that refuse him is told nothing.",
  replace: (seams) => ({ ...seams, engine: { ...seams.engine, tellsLockout: false } }),
};
