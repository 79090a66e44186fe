import type { Defect } from "../seams.ts";

export const certificateIsServiceAccount: Defect = {
  name: "certificate-is-service-account",
  area: "impersonation",
  breaks: ["IM-110"],
  effect: "Whoever brings the certificate is the service account.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      certified: (named) => ({ ...named, directory: "INTERNAL", id: "sa_repository" }),
    },
  }),
};
