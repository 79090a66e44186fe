import { tableCell } from "../answers.ts";
import { numberParameter, textParameter } from "../parameters.ts";
import type { Handler } from "../session.ts";

/** Rows of a table in load order; none for a table the user does not have. */
export const getTableData: Handler = {
  on: "Doc",
  takes: ["qOffset", "qRows", "qSyntheticMode", "qTableName"],
  run: ({ document: { view }, parameters }) => {
    const name = textParameter(parameters, "qTableName");
    const rows = view.find((table) => table.name === name)?.rows ?? [];
    const offset = Math.max(0, numberParameter(parameters, "qOffset"));
    const count = Math.max(0, numberParameter(parameters, "qRows"));
    return { qData: rows.slice(offset, offset + count).map((row) => ({ qValue: row.map(tableCell) })) };
  },
};
