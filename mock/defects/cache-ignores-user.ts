import type { Defect } from "../seams.ts";

export const cacheIgnoresUser: Defect = {
  name: "cache-ignores-user",
  area: "section-access",
  breaks: ["SA-RED-12", "EN-002"],
  effect: "The first user's reduction is served to everybody who opens the app.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reductionKey: (appId, version) => JSON.stringify([appId, version]),
    },
  }),
};
