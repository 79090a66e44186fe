import type { Defect } from "../seams.ts";

export const starMeansEverything: Defect = {
  name: "star-means-everything",
  area: "section-access",
  breaks: ["SA-WLD-02", "SA-RED-07", "LS-MOD-08"],
  effect: "`*` in a reducing column stands for every value in the data, listed or not.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      listedValues: `SELECT a.app, a.node, -1 AS line, a.field AS name, d.border FROM access_column a
        JOIN app_field f ON f.app = a.app AND f.upper_name = a.field JOIN app_symbol d ON d.field = f.field`,
    },
  }),
};
