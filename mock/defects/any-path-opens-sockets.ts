import type { Defect } from "../seams.ts";

export const anyPathOpensSockets: Defect = {
  name: "any-path-opens-sockets",
  area: "impersonation",
  breaks: ["EN-001"],
  effect: "Engine sockets open at any path.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      isEnginePath: () => true,
    },
  }),
};
