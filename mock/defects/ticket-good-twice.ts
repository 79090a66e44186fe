import type { Defect } from "../seams.ts";

export const ticketGoodTwice: Defect = {
  name: "ticket-good-twice",
  area: "impersonation",
  breaks: ["IM-121"],
  effect: "A ticket that was shown lets somebody else in, too.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      ticketIsSpent: () => false,
    },
  }),
};
