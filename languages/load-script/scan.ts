/** Characters, words, quotations and comments of a script (LS-LEX-03, LS-LEX-05, LS-LEX-07). */
import type { ScriptText } from "./script-text.ts";
import { errorAt } from "./script-text.ts";

const closings: { readonly [opening: string]: string } = { "'": "'", '"': '"', "`": "`", "[": "]" };

/** The mark that closes a quotation opened by this one, if it opens one. */
export function closingOf(opening: string): string | undefined {
  return Object.hasOwn(closings, opening) ? closings[opening] : undefined;
}

/** Offset after the comment that begins here, or `undefined` when none does. Comments do not nest (LS-LEX-03). */
export function afterComment(source: ScriptText, at: number): number | undefined {
  const { text } = source;
  if (text.startsWith("//", at)) {
    const rest = text.slice(at).search(/[\r\n]/);
    return rest === -1 ? text.length : at + rest;
  }
  if (!text.startsWith("/*", at)) return undefined;
  const end = text.indexOf("*/", at + 2);
  if (end === -1) throw errorAt(source, at, "comment never ends", { expected: "*/", remedy: "close the comment" });
  return end + 2;
}

/** Offset of the closing mark of the quotation that begins here; a doubled closing mark does not close (LS-LEX-05). */
export function closingAt(source: ScriptText, at: number, closing: string): number {
  const { text } = source;
  let end = text.indexOf(closing, at + 1);
  while (end !== -1 && text[end + 1] === closing) end = text.indexOf(closing, end + 2);
  if (end === -1) throw unclosed(source, at, closing);
  return end;
}

/** Offset of the closing mark of inline data: the first one, doubled or not (LS-INL-01). */
export function dataEndAt(source: ScriptText, at: number, closing: string): number {
  const end = source.text.indexOf(closing, at + 1);
  if (end === -1) throw unclosed(source, at, closing);
  return end;
}

function unclosed(source: ScriptText, at: number, closing: string): Error {
  return errorAt(source, at, `${JSON.stringify(source.text[at])} is never closed`, {
    expected: JSON.stringify(closing),
    remedy: `close it with ${JSON.stringify(closing)}`,
  });
}

const blank = /\s/;

/** Offset of the next character that is neither blank nor in a comment. */
export function skipBlanks(source: ScriptText, from: number, end: number): number {
  let at = from;
  while (at < end) {
    if (blank.test(source.text.charAt(at))) {
      at += 1;
      continue;
    }
    const after = source.text[at] === "/" ? afterComment(source, at) : undefined;
    if (after === undefined) return at;
    at = after;
  }
  return end;
}

const wordAt = /[\p{L}_%#$@][\p{L}\p{N}_%#$@.]*/uy;

/** The unquoted word at an offset, empty when none is (LS-LEX-07). */
export function wordFrom(text: string, at: number): string {
  wordAt.lastIndex = at;
  return wordAt.exec(text)?.[0] ?? "";
}

function afterInlineData(source: ScriptText, at: number): number {
  const open = skipBlanks(source, at, source.text.length);
  const closing = closingOf(source.text.charAt(open));
  return closing === undefined ? at : dataEndAt(source, open, closing) + 1;
}

/** Offset after the piece that begins here: a quotation, a word with the inline data behind it, or one character. */
export function afterPiece(source: ScriptText, at: number): number {
  const closing = closingOf(source.text.charAt(at));
  if (closing !== undefined) return closingAt(source, at, closing) + 1;
  const word = wordFrom(source.text, at);
  if (word === "") return at + 1;
  return word.toLowerCase() === "inline" ? afterInlineData(source, at + word.length) : at + word.length;
}

/** Whether an expansion begins in a stretch of text, comments apart. */
export function expands(source: ScriptText, start: number, end: number): boolean {
  if (!source.text.slice(start, end).includes("$(")) return false;
  let at = start;
  let closing: string | undefined;
  while (at < end) {
    if (source.text.startsWith("$(", at)) return true;
    const char = source.text.charAt(at);
    if (closing === undefined) {
      const comment = char === "/" ? afterComment(source, at) : undefined;
      closing = closingOf(char);
      at = comment ?? at + 1;
    } else {
      if (char === closing) closing = undefined;
      at += 1;
    }
  }
  return false;
}
