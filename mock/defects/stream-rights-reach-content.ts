import type { Defect } from "../seams.ts";

export const streamRightsReachContent: Defect = {
  name: "stream-rights-reach-content",
  area: "rules",
  breaks: ["SR-512", "SR-513"],
  effect: "Who may publish to a stream may publish any app and any sheet.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      filterFits: (item, resource, dialect) =>
        seams.rules.filterFits(item, resource, dialect) ||
        ("type" in item && item.type === "Stream" && resource.type.startsWith("App")),
    },
  }),
};
