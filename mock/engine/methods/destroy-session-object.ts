import { textParameter } from "../parameters.ts";
import type { Handler } from "../session.ts";

/** Forgets an object of this session. */
export const destroySessionObject: Handler = {
  on: "Doc",
  takes: ["qId"],
  run: ({ session: { receivers }, parameters }) => {
    const id = textParameter(parameters, "qId");
    const found = [...receivers].filter(
      ([, receiver]) => receiver.kind === "GenericObject" && receiver.object.id === id,
    );
    for (const [handle] of found) receivers.delete(handle);
    return { qSuccess: found.length > 0 };
  },
};
