import type { Defect } from "../seams.ts";

export const clientHeaderIdentity: Defect = {
  name: "client-header-identity",
  area: "impersonation",
  breaks: ["IM-062", "SEC-10"],
  effect: "A header of the client names the user the repository answers.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      caller: (session, headers) => {
        const [, directory, id] = /UserDirectory=([^;]+);\s*UserId=(.+)/i.exec(headers.get("x-qlik-user") ?? "") ?? [];
        return directory === undefined || id === undefined ? session : { ...session, directory, id };
      },
    },
  }),
};
