import { idAt } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const taskJudgedByApp: Defect = {
  name: "task-judged-by-app",
  area: "rules",
  breaks: ["SR-514"],
  effect: "Rules on tasks are put to the task's app.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      filterFits: (item, resource, dialect) => {
        const tasked = resource.type === "ReloadTask" && idAt(resource.entity, "app") !== "";
        return seams.rules.filterFits(item, tasked ? { ...resource, type: "App" } : resource, dialect);
      },
    },
  }),
};
