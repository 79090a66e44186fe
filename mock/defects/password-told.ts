import { isRecord, textAt } from "../fields.ts";
import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const passwordTold: Defect = {
  name: "password-told",
  area: "rules",
  breaks: ["QR-066"],
  effect: "The password of a data connection is read where its user name stands.",
  replace: (seams) =>
    withRepository(seams, {
      read: (asked) => {
        if (asked.path !== "/qrs/dataconnection" || !isRecord(asked.body)) return asked;
        return { ...asked, body: { ...asked.body, username: textAt(asked.body, "password") } };
      },
    }),
};
