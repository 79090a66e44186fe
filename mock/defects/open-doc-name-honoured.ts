import type { Defect } from "../seams.ts";

export const openDocNameHonoured: Defect = {
  name: "open-doc-name-honoured",
  area: "section-access",
  breaks: ["EN-031"],
  effect: "Whoever is named in the call that opens an app is taken for the user.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      openedAs: (who, name) => {
        const [directory, id] = name.split("\\");
        return directory === undefined || id === undefined ? who : { ...who, directory, id };
      },
    },
  }),
};
