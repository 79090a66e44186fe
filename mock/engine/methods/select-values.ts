import { recordsOf } from "../../fields.ts";
import { invalidParams } from "../errors.ts";
import { selectionOf } from "../selection.ts";
import type { Handler } from "../session.ts";

/** Selects values of a field; what they leave possible shows in hypercubes. */
export const selectValues: Handler = {
  on: "Field",
  takes: ["qFieldValues", "qToggleMode", "qSoftLock"],
  run: async ({ context, session, document, field, parameters }) => {
    const given = recordsOf(parameters["qFieldValues"]);
    if (given.length === 0) throw invalidParams("qFieldValues must hold values");
    session.document = { ...document, selected: await selectionOf(context, document, { field, given }) };
    return { qReturn: true };
  },
};
