import type { Defect } from "../seams.ts";

export const sessionHandedOn: Defect = {
  name: "session-handed-on",
  area: "impersonation",
  breaks: ["IM-042"],
  effect: "The session of one user is handed to the next.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      switchUser: (sessions, live, { login }) => {
        const mixed = { ...live, identity: { ...live.identity, directory: login.directory, id: login.id } };
        sessions.replace(mixed);
        return mixed;
      },
    },
  }),
};
