import type { Defect } from "../seams.ts";

export const csrfTokenInBody: Defect = {
  name: "csrf-token-in-body",
  area: "impersonation",
  breaks: ["IM-071"],
  effect: "The CSRF token comes as text, not as a header.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      csrfAnswer: (text) => ({ status: 200, headers: {}, text }),
    },
  }),
};
