import type { Defect } from "../seams.ts";

export const deletionEndsSession: Defect = {
  name: "deletion-ends-session",
  area: "impersonation",
  breaks: ["IM-087"],
  effect: "Deleting a user in the repository ends his sessions.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      outlives: (user) => user !== undefined,
    },
  }),
};
