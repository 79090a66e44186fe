/** Load script → syntax tree. */
import type { LoadScript, ParseOptions, Statement } from "./ast.ts";
import { parseStatements } from "./blocks.ts";
import type { ScriptText } from "./script-text.ts";
import { scriptText } from "./script-text.ts";

/**
 * The tree of a whole script. A statement with `$( )` in it stays `unexpanded`: only running the script gives its variables.
 * Throws ConformanceError `script-syntax`, or `not-supported` for what is known and left out, with line and column.
 */
export function parseLoadScript(text: string, options: ParseOptions = {}): LoadScript {
  return { statements: parseStatements(scriptText(text, options.file), { expands: true, postpones: false }) };
}

/** The same of a script about to run: a statement that cannot be read is `unexpanded` too, and fails only if it is reached. */
export function parseRunnable(source: ScriptText): readonly Statement[] {
  return parseStatements(source, { expands: true, postpones: true });
}

/** The statements of a text whose `$( )` are already expanded: what still looks like one is plain text. */
export function parseExpanded(source: ScriptText): readonly Statement[] {
  return parseStatements(source, { expands: false, postpones: false });
}
