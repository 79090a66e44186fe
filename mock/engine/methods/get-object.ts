import { noReturn } from "../answers.ts";
import { textParameter } from "../parameters.ts";
import type { Handler } from "../session.ts";

/** A handle to an object this session has, none for others. */
export const getObject: Handler = {
  on: "Doc",
  takes: ["qId"],
  run: ({ session: { receivers }, parameters }) => {
    const id = textParameter(parameters, "qId");
    const found = [...receivers].find(([, receiver]) => receiver.kind === "GenericObject" && receiver.object.id === id);
    if (found === undefined) return { qReturn: noReturn };
    return { qReturn: { qType: "GenericObject", qHandle: found[0], qGenericId: id } };
  },
};
