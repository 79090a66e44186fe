import type { Json } from "../../contract/types.ts";
import { withRepository } from "../repository/rewired.ts";
import { isRecord, recordsOf } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const passwordTold: Defect = {
  name: "password-told",
  area: "rules",
  breaks: ["QR-066"],
  effect: "Data connections are read with the password they were made with.",
  replace: (seams) => {
    let password: Json = "";
    return withRepository(seams, {
      read: (asked) => {
        if (isRecord(asked.body) && asked.path === "/qrs/dataconnection") password = asked.body["password"] ?? password;
        return asked;
      },
      answer: (asked, answered) =>
        asked.path === "/qrs/dataconnection/full"
          ? { ...answered, body: recordsOf(answered.body).map((one) => ({ ...one, password })) }
          : answered,
    });
  },
};
