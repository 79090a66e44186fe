import { appInvalid } from "../errors.ts";
import { documentReturn } from "../answers.ts";
import type { Handler } from "../session.ts";

/** The document this session has open. */
export const getActiveDoc: Handler = {
  on: "Global",
  takes: [],
  run: ({ session: { document } }) => {
    if (document === undefined) throw appInvalid();
    return { qReturn: documentReturn(document.appId) };
  },
};
