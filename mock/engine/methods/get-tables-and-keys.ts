import { tableRecords, keyRecords } from "../tables.ts";
import type { Handler } from "../session.ts";

/** Tables and keys of the user's data; no tables at all where the document is open without data (EN-030). */
export const getTablesAndKeys: Handler = {
  on: "Doc",
  takes: ["qWindowSize", "qNullSize", "qCellHeight", "qSyntheticMode", "qIncludeSysVars", "qIncludeProfiling"],
  run: ({ document: { view, counted } }) => ({ qtr: tableRecords(view, counted), qk: keyRecords(view) }),
};
