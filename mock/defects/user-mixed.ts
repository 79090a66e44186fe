import type { Defect } from "../seams.ts";

export const userMixed: Defect = {
  name: "user-mixed",
  area: "impersonation",
  breaks: ["IM-042"],
  effect: "Who logs in over another's cookie gets a session of the other.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      switchUser: (sessions, { identity }, { proxy, login }) =>
        sessions.open(proxy, { ...login, directory: identity.directory, id: identity.id }),
    },
  }),
};
