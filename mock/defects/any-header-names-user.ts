import type { Defect } from "../seams.ts";

export const anyHeaderNamesUser: Defect = {
  name: "any-header-names-user",
  area: "impersonation",
  breaks: ["IM-018"],
  effect: "Any header that names a user logs him in.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      headerShown: (headers) => [...headers].find(([name]) => name.endsWith("-user"))?.[1] ?? null,
    },
  }),
};
