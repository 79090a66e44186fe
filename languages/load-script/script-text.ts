/** The text being read, with the places of its offsets: those of the file it came from, also after expansion. */
import { ConformanceError } from "../../contract/errors.ts";
import type { ErrorCode, ErrorDetails, Place } from "../../contract/errors.ts";

export interface ScriptText {
  readonly text: string;
  readonly placeOf: (offset: number) => Place;
}

/** Line and column of an offset, counted from 1; a line ends with `\n`, `\r\n` or a lone `\r`. */
function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = 0;
  for (const match of text.slice(0, offset).matchAll(/\r\n|\n|\r/g)) {
    line += 1;
    lineStart = match.index + match[0].length;
  }
  return { line, column: offset - lineStart + 1 };
}

export function scriptText(text: string, file?: string): ScriptText {
  return {
    text,
    placeOf: (offset) => ({ ...(file === undefined ? {} : { file }), ...lineAndColumn(text, offset) }),
  };
}

/** The same text with its offsets led back to another one: what a dollar-sign expansion left (LS-LEX-08). */
export function derivedText(text: string, from: ScriptText, originOf: (offset: number) => number): ScriptText {
  return { text, placeOf: (offset) => from.placeOf(originOf(offset)) };
}

export interface Advice {
  readonly code?: ErrorCode;
  readonly expected?: string;
  readonly remedy?: string;
}

/** A located error; `script-syntax` unless the advice names another code. */
export function errorAt(source: ScriptText, offset: number, message: string, advice: Advice = {}): ConformanceError {
  const details: ErrorDetails = {
    ...source.placeOf(offset),
    ...(advice.expected === undefined ? {} : { expected: advice.expected }),
    ...(advice.remedy === undefined ? {} : { remedy: advice.remedy }),
  };
  return new ConformanceError(advice.code ?? "script-syntax", message, details);
}
