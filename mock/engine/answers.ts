/** Shapes results are made of. */
import type { Value } from "../../contract/types.ts";
import type { Fields } from "../fields.ts";
import { documentHandle } from "./session.ts";
import { displayed, numberOf } from "./view.ts";

export function documentReturn(appId: string): Fields {
  return { qType: "Doc", qHandle: documentHandle, qGenericId: appId };
}

/** What is answered instead of a handle when there is nothing (EN-011). */
export const noReturn: Fields = { qType: null, qHandle: null };

/** A cell of a table: text and number. NULL has neither and says so, since a text may be `-` or empty. */
export function tableCell(value: Value): Fields {
  if (value === null) return { qText: "-", qIsNumeric: false, qNumber: "NaN", qIsNull: true };
  const number = numberOf(value);
  return { qText: displayed(value), qIsNumeric: number !== undefined, qNumber: number ?? "NaN" };
}

/** A cell of a hypercube or list; `element` is the value's number within its field. */
export function elementCell(value: Value, element: number): Fields {
  if (value === null) return { qText: "-", qNum: "NaN", qElemNumber: -2, qState: "L", qIsNull: true };
  return { qText: displayed(value), qNum: numberOf(value) ?? "NaN", qElemNumber: element, qState: "O" };
}
