import type { Defect } from "../seams.ts";

export const certificateReadsEverything: Defect = {
  name: "certificate-reads-everything",
  area: "impersonation",
  breaks: ["IM-111"],
  effect: "Who brings the certificate reads whatever there is.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      certified: (named, method) => (method === "GET" ? { ...named, directory: "QLIKADMIN", id: "admin" } : named),
    },
  }),
};
