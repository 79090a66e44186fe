import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const replaceDoesNothing: Defect = {
  name: "replace-does-nothing",
  area: "rules",
  breaks: ["QR-054"],
  effect: "An app is not put in the place of another.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) => {
        if (!asked.path.endsWith("/replace")) return asked;
        const target = new URLSearchParams(asked.search).get("app") ?? "";
        return { ...asked, method: "GET", path: `/qrs/app/${target}` };
      },
    }),
};
