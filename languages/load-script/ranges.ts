/** Cuts a script into statements and control clauses, before anything is known of what they say (LS-LEX-01). */
import { isKnownError } from "../../contract/errors.ts";
import { afterComment, afterPiece, expands, skipBlanks, wordFrom } from "./scan.ts";
import type { ScriptText } from "./script-text.ts";

/** Clauses that begin, divide or end a block. */
export type ClauseKeyword =
  | "if"
  | "elseif"
  | "else"
  | "end if"
  | "for"
  | "next"
  | "do"
  | "loop"
  | "switch"
  | "case"
  | "default"
  | "end switch"
  | "sub"
  | "end sub";

export interface StatementRange {
  readonly start: number;
  /** After the last character that is neither blank nor comment. */
  readonly end: number;
  /** Whether `$(` stands in it outside comments. */
  readonly expands: boolean;
  /** What the clause is, and where its text begins behind the keyword. */
  readonly clause?: { readonly keyword: ClauseKeyword; readonly text: number };
  /** Why the text could not be cut any further; the range is then the last one. */
  readonly fault?: Error;
}

interface Reading {
  /** Where the next statement begins at the earliest. */
  readonly next: number;
  readonly solid: number;
}

/** REM and TRACE run to the next semicolon, whatever stands between (LS-LEX-03). */
function readFreeText({ text }: ScriptText, start: number): Reading {
  const found = text.indexOf(";", start);
  const stop = found === -1 ? text.length : found;
  return { next: stop + 1, solid: start + text.slice(start, stop).trimEnd().length };
}

function readStatement(source: ScriptText, start: number): Reading {
  const { text } = source;
  let at = start;
  let solid = start;
  while (at < text.length && text[at] !== ";") {
    const next = skipBlanks(source, at, text.length);
    if (next > at) {
      at = next;
      continue;
    }
    at = afterPiece(source, at);
    solid = at;
  }
  return { next: at + 1, solid };
}

const lineEnd = /[\r\n]/;
const blank = /\s/;

/** To the semicolon or the end of the line, whichever comes first; `until` ends it behind a word. */
function readLine(source: ScriptText, start: number, until?: string): Reading {
  const { text } = source;
  let at = start;
  let solid = start;
  while (at < text.length && text[at] !== ";" && !lineEnd.test(text.charAt(at))) {
    const comment = text[at] === "/" ? afterComment(source, at) : undefined;
    if (comment !== undefined || blank.test(text.charAt(at))) {
      at = comment ?? at + 1;
      continue;
    }
    const isEnd = until !== undefined && wordFrom(text, at).toLowerCase() === until;
    at = afterPiece(source, at);
    solid = at;
    if (isEnd) return { next: at, solid };
  }
  return { next: at + 1, solid };
}

const controlWords: ReadonlySet<string> = new Set(
  "for next do loop switch case sub call exit end endif endsub endswitch".split(" "),
);

const clauseKeywords: ReadonlyMap<string, ClauseKeyword> = new Map<string, ClauseKeyword>([
  ["if", "if"],
  ["elseif", "elseif"],
  ["else", "else"],
  ["endif", "end if"],
  ["end if", "end if"],
  ["for", "for"],
  ["next", "next"],
  ["do", "do"],
  ["loop", "loop"],
  ["switch", "switch"],
  ["case", "case"],
  ["default", "default"],
  ["endswitch", "end switch"],
  ["end switch", "end switch"],
  ["sub", "sub"],
  ["endsub", "end sub"],
  ["end sub", "end sub"],
]);

/** The first word of a statement, and the character behind it on the line. */
interface Lead {
  readonly word: string;
  readonly end: number;
  readonly follows: string;
}

function leadAt({ text }: ScriptText, start: number): Lead {
  const word = wordFrom(text, start);
  const end = start + word.length;
  const blanks = /^[ \t]*/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
  return { word: word.toLowerCase(), end, follows: text.charAt(end + blanks) };
}

const include = /\$\(\s*(?:must_)?include\s*=/iy;

/** Offset behind a statement that is an include; such a one needs no semicolon. */
function afterInclude({ text }: ScriptText, start: number): number | undefined {
  include.lastIndex = start;
  if (!include.test(text)) return undefined;
  let depth = 0;
  for (let at = start + 1; at < text.length && text[at] !== ";"; at += 1) {
    if (text[at] === "(") depth += 1;
    else if (text[at] === ")") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

function isFree({ word }: Lead): boolean {
  return word === "rem" || word === "trace";
}

/** A label, or a variable that is given a value: whatever the word, it is no keyword. */
function isName({ word, follows }: Lead): boolean {
  return word !== "" && (follows === ":" || follows === "=");
}

function read(source: ScriptText, start: number, lead: Lead): Reading {
  if (isFree(lead)) return readFreeText(source, start);
  if (isName(lead)) return lead.follows === "=" ? readLine(source, start) : readStatement(source, start);
  if (lead.word === "if" || lead.word === "elseif") return readLine(source, start, "then");
  if (lead.word === "else" || lead.word === "default") return { next: lead.end, solid: lead.end };
  if (controlWords.has(lead.word)) return readLine(source, start);
  const included = afterInclude(source, start);
  return included === undefined ? readStatement(source, start) : { next: included, solid: included };
}

function clauseOf(source: ScriptText, lead: Lead): StatementRange["clause"] {
  if (isName(lead)) return undefined;
  const second = lead.word === "end" ? /^[ \t]+(\p{L}+)/u.exec(source.text.slice(lead.end, lead.end + 200)) : null;
  const words = second === null ? lead.word : `end ${(second[1] ?? "").toLowerCase()}`;
  const keyword = clauseKeywords.get(words);
  return keyword === undefined ? undefined : { keyword, text: lead.end + (second?.[0].length ?? 0) };
}

function rangeAt(source: ScriptText, start: number): { readonly range: StatementRange; readonly next: number } {
  const lead = leadAt(source, start);
  const { next, solid } = read(source, start, lead);
  const clause = clauseOf(source, lead);
  return { range: { start, end: solid, expands: expands(source, start, solid), ...(clause && { clause }) }, next };
}

/**
 * The statements and control clauses of a text, without REM and empty ones. The last one needs no semicolon. What cannot be
 * cut (a quotation or comment that never ends) makes one last range with its fault.
 */
export function statementRanges(source: ScriptText): StatementRange[] {
  const ranges: StatementRange[] = [];
  const { text } = source;
  let at = 0;
  try {
    for (at = skipBlanks(source, 0, text.length); at < text.length; at = skipBlanks(source, at, text.length)) {
      const { range, next } = rangeAt(source, at);
      const empty = range.end === at || wordFrom(text, at).toLowerCase() === "rem";
      if (!empty) ranges.push(range);
      at = next;
    }
  } catch (error) {
    if (!isKnownError(error)) throw error;
    ranges.push({ start: at, end: text.length, expands: false, fault: error });
  }
  return ranges;
}
