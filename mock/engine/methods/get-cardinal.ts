import { fieldValues } from "../view.ts";
import type { Handler } from "../session.ts";

/** Number of distinct values the user has of a field. */
export const getCardinal: Handler = {
  on: "Field",
  takes: [],
  run: ({ document: { counted }, field }) => ({ qReturn: fieldValues(counted, field).length }),
};
