/** Dollar-sign expansion: macro text is put in before a statement is parsed, also inside strings and data (LS-LEX-08). */
import { afterComment, closingOf } from "./scan.ts";
import type { ScriptText } from "./script-text.ts";
import { derivedText, errorAt } from "./script-text.ts";

/** What stands for the text between `$(` and `)`. It is expanded again. */
export type ResolveExpansion = (body: string, offset: number) => string;

/** More expansions are not made (LS-LEX-08). */
const maximalExpansions = 1000;
const maximalLength = 1_000_000;

interface Expansion {
  readonly source: ScriptText;
  readonly resolve: ResolveExpansion;
  count: number;
}

interface Piece {
  readonly text: string;
  /** Offset into the source; of text put in, the offset of its `$(`. */
  readonly origin: number;
  readonly verbatim: boolean;
}

/** Offset of the parenthesis that closes a `$(`; those in single quotes do not count. */
function closeOf(text: string, open: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = open; at < text.length; at += 1) {
    const char = text[at];
    if (char === "'") quoted = !quoted;
    if (!quoted && char === "(") depth += 1;
    if (!quoted && char === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

function replacement(expansion: Expansion, text: string, open: number, origin: number): [string, number] {
  const close = closeOf(text, open + 1);
  if (close === -1) {
    throw errorAt(expansion.source, origin, "$( is never closed", { expected: '")"', remedy: "close the expansion" });
  }
  expansion.count += 1;
  if (expansion.count > maximalExpansions) {
    throw errorAt(expansion.source, origin, `more than ${maximalExpansions} expansions in one statement`, {
      code: "script-run",
      remedy: "look for a variable that contains itself",
    });
  }
  const body = expandInserted(expansion, text.slice(open + 2, close), origin);
  const inserted = expansion.resolve(body, origin);
  checkLength(expansion.source, inserted.length, origin);
  return [expandInserted(expansion, inserted, origin), close + 1];
}

/** Throws when what an expansion gives is longer than 10⁶ characters. */
export function checkLength(source: ScriptText, length: number, origin: number): void {
  if (length <= maximalLength) return;
  throw errorAt(source, origin, "the expanded statement is too long", {
    code: "script-run",
    expected: `at most ${maximalLength} characters`,
    remedy: "look for a variable that grows",
  });
}

/** Text that came out of an expansion, expanded in turn. */
function expandInserted(expansion: Expansion, text: string, origin: number): string {
  let expanded = "";
  let at = 0;
  for (let open = text.indexOf("$("); open !== -1; open = text.indexOf("$(", at)) {
    const [inserted, next] = replacement(expansion, text, open, origin);
    expanded += text.slice(at, open) + inserted;
    checkLength(expansion.source, expanded.length, origin);
    at = next;
  }
  return expanded + text.slice(at);
}

/** Offsets of every `$(` outside comments, from left to right; `skip` moves past what an expansion took. */
function nextExpansion(source: ScriptText, from: number, quotation: { closing: string | undefined }): number {
  const { text } = source;
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith("$(", at)) return at;
    const char = text.charAt(at);
    if (quotation.closing === undefined) {
      const comment = char === "/" ? afterComment(source, at) : undefined;
      quotation.closing = closingOf(char);
      if (comment !== undefined) at = comment - 1;
    } else if (char === quotation.closing) quotation.closing = undefined;
  }
  return -1;
}

function piecesOf(expansion: Expansion): Piece[] {
  const { text } = expansion.source;
  const pieces: Piece[] = [];
  const quotation: { closing: string | undefined } = { closing: undefined };
  let at = 0;
  let length = 0;
  for (;;) {
    const open = nextExpansion(expansion.source, at, quotation);
    pieces.push({ text: text.slice(at, open === -1 ? text.length : open), origin: at, verbatim: true });
    if (open === -1) return pieces;
    const [inserted, next] = replacement(expansion, text, open, open);
    length += inserted.length;
    checkLength(expansion.source, length, open);
    pieces.push({ text: inserted, origin: open, verbatim: false });
    at = next;
  }
}

function originIn(pieces: readonly Piece[], offset: number): number {
  let start = 0;
  for (const piece of pieces) {
    const within = offset - start;
    if (within < piece.text.length) return piece.verbatim ? piece.origin + within : piece.origin;
    start += piece.text.length;
  }
  const last = pieces.at(-1);
  return last === undefined ? 0 : last.origin + (last.verbatim ? last.text.length : 0);
}

/**
 * The text with every `$( )` outside comments replaced, inner ones first, and what was put in expanded again. Its places
 * are those of the source; text put in has the place of its `$(`. Throws for more than 1000 expansions or 10⁶ characters.
 */
export function expandDollar(source: ScriptText, resolve: ResolveExpansion): ScriptText {
  const pieces = piecesOf({ source, resolve, count: 0 });
  const text = pieces.map((piece) => piece.text).join("");
  return derivedText(text, source, (offset) => originIn(pieces, offset));
}
