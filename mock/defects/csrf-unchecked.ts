import type { Defect } from "../seams.ts";

export const csrfUnchecked: Defect = {
  name: "csrf-unchecked",
  area: "impersonation",
  breaks: ["IM-072"],
  effect: "A socket opens without a CSRF token.",
  replace: (seams) => ({ ...seams, proxy: { ...seams.proxy, csrfHolds: () => true } }),
};
