import { textParameter } from "../parameters.ts";
import type { Handler } from "../session.ts";

/** Narrows a list object to values that fit a pattern; `*` and `?` stand for anything, case does not matter. */
export const searchListObjectFor: Handler = {
  on: "GenericObject",
  takes: ["qPath", "qMatch"],
  run: ({ session, object, handle, parameters }) => {
    const search = textParameter(parameters, "qMatch");
    session.receivers.set(handle, { kind: "GenericObject", object: { ...object, search } });
    return { qSuccess: true };
  },
};
