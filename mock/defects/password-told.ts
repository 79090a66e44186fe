import { isRecord, recordsOf, textAt } from "../fields.ts";
import { withRepository } from "../repository/rewired.ts";
import type { Defect } from "../seams.ts";

export const passwordTold: Defect = {
  name: "password-told",
  area: "rules",
  breaks: ["QR-066"],
  effect: "Data connections are read with a password they were made with.",
  replace: (seams) => {
    let password = "";
    return withRepository(seams, {
      read: (asked) => {
        password = (isRecord(asked.body) && textAt(asked.body, "password")) || password;
        return asked;
      },
      answer: ({ path }, answered) =>
        path === "/qrs/dataconnection/full"
          ? { ...answered, body: recordsOf(answered.body).map((one) => ({ ...one, password })) }
          : answered,
    });
  },
};
