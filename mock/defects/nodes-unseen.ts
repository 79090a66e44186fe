import type { Defect } from "../seams.ts";

export const nodesUnseen: Defect = {
  name: "nodes-unseen",
  area: "rules",
  breaks: ["SR-611"],
  effect: "Load-balancing rules see no node, and place no app by its name or custom properties.",
  replace: (seams) => ({ ...seams, rules: { ...seams.rules, nodeSeen: () => undefined } }),
};
