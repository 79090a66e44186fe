/** Load script → syntax tree. */
import type { LoadScript, ParseOptions, Statement } from "./ast.ts";
import { cursorOver } from "./cursor.ts";
import { statementRanges } from "./scan.ts";
import type { StatementRange } from "./scan.ts";
import type { ScriptText } from "./script-text.ts";
import { scriptText } from "./script-text.ts";
import { parseStatement } from "./statements.ts";

function parseRange(source: ScriptText, range: StatementRange): Statement {
  const { start, end } = range;
  if (range.expands) return { kind: "unexpanded", text: source.text.slice(start, end), span: { start, end } };
  return parseStatement(cursorOver(source, start, end));
}

/**
 * The tree of a whole script. A statement with `$( )` in it stays `unexpanded`: only running the script gives its variables.
 * Throws ConformanceError `script-syntax`, or `not-supported` for what is known and left out, with line and column.
 */
export function parseLoadScript(text: string, options: ParseOptions = {}): LoadScript {
  const source = scriptText(text, options.file);
  return { statements: statementRanges(source).map((range) => parseRange(source, range)) };
}

/** The statements of a text whose `$( )` are already expanded: what still looks like one is plain text. */
export function parseExpanded(source: ScriptText): readonly Statement[] {
  return statementRanges(source).map((range) => parseRange(source, { ...range, expands: false }));
}
