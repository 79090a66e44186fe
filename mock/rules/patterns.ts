/** `like` and `matches` on one value. */
import { RE2JS, RE2JSException } from "re2js";
import type { Dialect } from "../../catalogue/dialects.ts";
import { same } from "./model.ts";

/** With `?` for any one character: a star takes more only where what follows it does not fit. */
function fitsWild(value: readonly string[], pattern: readonly string[]): boolean {
  let [at, wanted, star, from] = [0, 0, -1, 0];
  while (at < value.length) {
    const sign = pattern[wanted];
    if (sign === "*") {
      [star, from] = [wanted, at];
      wanted += 1;
    } else if (sign !== undefined && (sign === "?" || same(sign, value[at] ?? ""))) {
      at += 1;
      wanted += 1;
    } else if (star >= 0) {
      from += 1;
      [at, wanted] = [from, star + 1];
    } else return false;
  }
  return pattern.slice(wanted).every((sign) => sign === "*");
}

/** Whole value, letter case ignored, `*` is any run of characters; every other character is itself (SR-325, SR-327). */
export function matchesLike(value: string, pattern: string, dialect?: Dialect): boolean {
  if (dialect?.likeQuestionMark === "oneCharacter") return fitsWild(Array.from(value), Array.from(pattern));
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

/** How many patterns are kept; rules come and go in a mock that runs for long. */
const mostCompiled = 1_000;
const compiled = new Map<string, RE2JS>();

function compile(pattern: string, flags: number): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern, flags);
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}

/** The pattern in linear time; undefined for one that cannot be read so, such as a look-ahead or a back-reference. */
export function compilePattern(pattern: string, dialect: Dialect): RE2JS | undefined {
  const flags = dialect.matchesCase === "insensitive" ? RE2JS.CASE_INSENSITIVE : 0;
  const key = `${flags} ${pattern}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  if (compiled.size >= mostCompiled) compiled.clear();
  const expression = compile(pattern, flags);
  if (expression !== undefined) compiled.set(key, expression);
  return expression;
}

/** Regular expression over the whole value (SR-328). */
export function matchesPattern(value: string, pattern: string, dialect: Dialect): boolean {
  return compilePattern(pattern, dialect)?.matches(value) === true;
}
