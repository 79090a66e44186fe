import type { Defect } from "../seams.ts";

export const deploymentUntold: Defect = {
  name: "deployment-untold",
  area: "rules",
  breaks: ["QR-081"],
  effect: "The product information does not tell the type of deployment.",
  replace: (seams) => ({ ...seams, proxy: { ...seams.proxy, deploymentType: "Unknown" } }),
};
