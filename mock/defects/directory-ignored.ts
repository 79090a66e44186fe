import type { Defect } from "../seams.ts";

export const directoryIgnored: Defect = {
  name: "directory-ignored",
  area: "section-access",
  breaks: ["SA-SYS-02"],
  effect: "Users of equal id in different directories are taken for one.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      matchIdentity: "split_part(i.name, '\\', -1) = split_part(c.text, '\\', -1)",
    },
  }),
};
