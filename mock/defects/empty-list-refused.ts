import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const emptyListRefused: Defect = {
  name: "empty-list-refused",
  area: "rules",
  breaks: ["QR-008"],
  effect: "A search for streams by name that finds nothing the user may read is refused.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (asked, answered) =>
        Array.isArray(answered.body) &&
        answered.body.length === 0 &&
        `${asked.path}${asked.search}`.startsWith("/qrs/stream/full?filter=name")
          ? { status: 403, type: "text/plain", body: "Forbidden" }
          : answered,
    }),
};
