import type { Defect } from "../seams.ts";

export const directoryFromTokenIgnored: Defect = {
  name: "directory-from-token-ignored",
  area: "impersonation",
  breaks: ["IM-053", "UD-004", "UD-008"],
  effect: "Users of one id in two directories are taken for one.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      accountOf: (login) => (login.directory === "QLIKADMIN" ? login : { ...login, directory: "CORP" }),
    },
  }),
};
