import type { Defect } from "../seams.ts";

export const deletedSessionLives: Defect = {
  name: "deleted-session-lives",
  area: "impersonation",
  breaks: ["IM-122"],
  effect: "A session deleted by the proxy's interface stays.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      endSession: () => {},
    },
  }),
};
