/** Where an offset lies in a text, as people count: lines and columns from 1, columns in UTF-16 units. */
import type { Place } from "../contract/errors.ts";

export function placeAt(text: string, offset: number): Required<Pick<Place, "line" | "column">> {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\n|\r/);
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

/** Deepest nesting of parentheses and negations a reader of text follows; a hostile text must not exhaust the stack. */
export const depthCap = 200;
