import type { Defect } from "../seams.ts";

export const ticketWithoutAttributes: Defect = {
  name: "ticket-without-attributes",
  area: "impersonation",
  breaks: ["IM-120"],
  effect: "A ticket forgets the attributes it was asked for with.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      ticketFor: (login) => ({ ...login, attributes: {} }),
    },
  }),
};
