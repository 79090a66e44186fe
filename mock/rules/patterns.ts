/** `like` and `matches` on one value. */
import { Script, createContext } from "node:vm";
import type { Dialect } from "../../catalogue/dialects.ts";

/** Whole value, letter case ignored, `*` is any run of characters; every other character is itself (SR-325, SR-327). */
export function matchesLike(value: string, pattern: string): boolean {
  const pieces = pattern.toLowerCase().split("*");
  const text = value.toLowerCase();
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  if (pieces.length === 1) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let from = first.length;
  const end = text.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = text.indexOf(piece, from);
    if (at === -1 || at + piece.length > end) return false;
    from = at + piece.length;
  }
  return true;
}

/** Milliseconds one comparison may take: a rule's pattern may be catastrophic, the mock must not hang on it. */
const patience = 50;
const bench = createContext({ expression: /^$/, value: "" });
const comparison = new Script("expression.test(value)");

export function compilePattern(pattern: string, dialect: Dialect): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, dialect.matchesCase === "insensitive" ? "isu" : "su");
  } catch {
    return undefined;
  }
}

/** Regular expression over the whole value (SR-328). A pattern that takes too long matches nothing. */
export function matchesPattern(value: string, pattern: string, dialect: Dialect): boolean {
  const expression = compilePattern(pattern, dialect);
  if (expression === undefined) return false;
  if (!/[*+{]/.test(pattern)) return expression.test(value);
  Object.assign(bench, { expression, value });
  try {
    return comparison.runInContext(bench, { timeout: patience }) === true;
  } catch {
    return false;
  }
}
