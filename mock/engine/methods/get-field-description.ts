import { notFound } from "../errors.ts";
import { textParameter } from "../parameters.ts";
import { fieldRecord } from "../tables.ts";
import { hasField } from "../view.ts";
import type { Handler } from "../session.ts";

/** Description of a field; an omitted field is as unknown as one that never was (EN-042). */
export const getFieldDescription: Handler = {
  on: "Doc",
  takes: ["qFieldName"],
  run: ({ document: { view }, parameters }) => {
    const name = textParameter(parameters, "qFieldName");
    if (!hasField(view, name)) throw notFound(name);
    return { qReturn: fieldRecord(view, name) };
  },
};
