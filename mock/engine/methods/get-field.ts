import { noReturn } from "../answers.ts";
import { textParameter } from "../parameters.ts";
import { handOut, type Handler } from "../session.ts";
import { hasField } from "../view.ts";

/** A handle to a field, none for a field the user does not have (EN-042). */
export const getField: Handler = {
  on: "Doc",
  takes: ["qFieldName", "qStateName"],
  run: ({ session, document: { view }, parameters }) => {
    const name = textParameter(parameters, "qFieldName");
    if (!hasField(view, name)) return { qReturn: noReturn };
    return { qReturn: { qType: "Field", qHandle: handOut(session, { kind: "Field", name }), qGenericId: name } };
  },
};
