import type { Defect } from "../seams.ts";

export const defaultUserForEveryone: Defect = {
  name: "default-user-for-everyone",
  area: "impersonation",
  breaks: ["IM-030"],
  effect: "Whoever logs in is taken for one and the same user.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      accountOf: (login) => (login.directory === "QLIKADMIN" ? login : { ...login, id: "default" }),
    },
  }),
};
