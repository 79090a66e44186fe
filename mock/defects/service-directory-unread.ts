import type { Defect } from "../seams.ts";

export const serviceDirectoryUnread: Defect = {
  name: "service-directory-unread",
  area: "rules",
  breaks: ["SR-526"],
  effect: "The directory INTERNAL is not seen by rules.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      propertyValues: (type, name, values) => {
        const read = seams.rules.propertyValues(type, name, values);
        return name === "userDirectory" ? read.filter((directory) => directory !== "INTERNAL") : read;
      },
    },
  }),
};
