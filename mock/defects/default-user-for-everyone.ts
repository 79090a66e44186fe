import type { Defect } from "../seams.ts";

export const defaultUserForEveryone: Defect = {
  name: "default-user-for-everyone",
  area: "impersonation",
  breaks: ["IM-030", "IM-090", "QR-008", "QR-050", "QR-051", "QR-080", "SEC-11", "SR-401", "UD-006"],
  effect: "Whoever logs in is taken for one and the same user.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      accountOf: (login) => (login.directory === "QLIKADMIN" ? login : { ...login, id: "default" }),
    },
  }),
};
