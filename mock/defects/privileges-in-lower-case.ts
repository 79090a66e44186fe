import type { Defect } from "../seams.ts";

export const privilegesInLowerCase: Defect = {
  name: "privileges-in-lower-case",
  area: "rules",
  breaks: ["SR-238"],
  effect: "HasPrivilege knows actions in lower case only.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      privilegesAsked: (argument) => (argument === argument.toLowerCase() ? seams.rules.privilegesAsked(argument) : []),
    },
  }),
};
