/** Every statement but LOAD (load-script §2, §5, §6). */
import type {
  DropFields,
  DropTables,
  FieldListStatement,
  LetStatement,
  LoosenTables,
  RenameStatement,
  Renaming,
  SectionStatement,
  SetStatement,
  StarStatement,
  Statement,
  TraceStatement,
} from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import {
  expectKeyword,
  isKeyword,
  isSymbol,
  notSupported,
  peek,
  peekSecond,
  spanFrom,
  take,
  takeList,
  takeName,
  tookKeyword,
  tookSymbol,
  unexpected,
} from "./cursor.ts";
import { parseCall, parseExit, tookGuard } from "./clauses.ts";
import { dataStatements, parsePassed, passedKeywords, takePattern } from "./data-statements.ts";
import { parseExpression } from "./expressions.ts";
import { parseLoad } from "./loads.ts";
import { loadKeywords } from "./prefixes.ts";
import { depthCap } from "../place.ts";
import { afterComment, closingAt, closingOf, skipBlanks } from "./scan.ts";
import type { ScriptText } from "./script-text.ts";

const parsers: { readonly [keyword: string]: (cursor: Cursor, start: number) => Statement } = {
  section: parseSection,
  set: parseSet,
  let: parseLet,
  star: parseStar,
  drop: parseDrop,
  rename: parseRename,
  qualify: (cursor, start) => parseFieldList(cursor, start, "qualify"),
  unqualify: (cursor, start) => parseFieldList(cursor, start, "unqualify"),
  nullasvalue: (cursor, start) => parseFieldList(cursor, start, "nullasvalue"),
  nullasnull: (cursor, start) => parseFieldList(cursor, start, "nullasnull"),
  loosen: parseLoosen,
  trace: parseTrace,
  exit: parseExit,
  call: parseCall,
  ...dataStatements,
};

function parseSection(cursor: Cursor, start: number): SectionStatement {
  const access = tookKeyword(cursor, "access");
  if (!access && !tookKeyword(cursor, "application")) throw unexpected(cursor, "ACCESS or APPLICATION");
  return { kind: "section", section: access ? "access" : "application", span: spanFrom(cursor, start) };
}

/** Text up to the end of the statement, comments outside quotation marks left out (LS-LEX-03). */
function takeRest(cursor: Cursor): string {
  const from = cursor.at;
  cursor.at = cursor.end;
  return withoutComments(cursor.source, from, cursor.end).trim();
}

function withoutComments(source: ScriptText, from: number, end: number): string {
  let kept = "";
  let at = from;
  while (at < end) {
    const char = source.text.charAt(at);
    const closing = closingOf(char);
    const comment = char === "/" ? afterComment(source, at) : undefined;
    const next = closing === undefined ? (comment ?? at + 1) : closingAt(source, at, closing) + 1;
    kept += comment === undefined ? source.text.slice(at, next) : " ";
    at = next;
  }
  return kept;
}

function parseSet(cursor: Cursor, start: number): SetStatement {
  const name = takeName(cursor, "a variable name");
  if (!tookSymbol(cursor, "=")) throw unexpected(cursor, '"="');
  return { kind: "set", name, value: takeRest(cursor), span: spanFrom(cursor, start) };
}

function parseLet(cursor: Cursor, start: number): LetStatement {
  const name = takeName(cursor, "a variable name");
  const given = tookSymbol(cursor, "=");
  if (peek(cursor).kind === "end") return { kind: "let", name, span: spanFrom(cursor, start) };
  if (!given) throw unexpected(cursor, '"="');
  return { kind: "let", name, value: parseExpression(cursor), span: spanFrom(cursor, start) };
}

function parseStar(cursor: Cursor, start: number): StarStatement {
  expectKeyword(cursor, "is");
  const token = take(cursor);
  if (token.kind === "end") return { kind: "star", span: spanFrom(cursor, start) };
  const symbol = cursor.source.text.slice(token.start, token.end);
  const value = token.kind === "text" || token.kind === "quoted" ? token.value : symbol;
  if (value !== "") return { kind: "star", symbol: value, span: spanFrom(cursor, start) };
  cursor.at = token.start;
  throw unexpected(cursor, "a symbol, or nothing to switch it off");
}

function takeNames(cursor: Cursor, what: string): [string, ...string[]] {
  return takeList(cursor, () => takeName(cursor, what));
}

function parseDrop(cursor: Cursor, start: number): DropTables | DropFields {
  if (tookKeyword(cursor, "table", "tables")) {
    return { kind: "drop-tables", tables: takeNames(cursor, "a table name"), span: spanFrom(cursor, start) };
  }
  if (!tookKeyword(cursor, "field", "fields")) throw unexpected(cursor, "TABLE or FIELD");
  const fields = takeNames(cursor, "a field name");
  const from = tookKeyword(cursor, "from") ? { from: takeNames(cursor, "a table name") } : {};
  return { kind: "drop-fields", fields, ...from, span: spanFrom(cursor, start) };
}

function takeRenaming(cursor: Cursor): Renaming {
  const from = takeName(cursor, "a name");
  expectKeyword(cursor, "to");
  return { from, to: takeName(cursor, "a name") };
}

function takeRenamings(cursor: Cursor): RenameStatement["by"] {
  if (isKeyword(peek(cursor), "using") && !isKeyword(peekSecond(cursor), "to")) {
    take(cursor);
    return { kind: "map", map: takeName(cursor, "the name of a mapping table") };
  }
  return { kind: "pairs", pairs: takeList(cursor, () => takeRenaming(cursor)) };
}

function parseRename(cursor: Cursor, start: number): RenameStatement {
  const tables = tookKeyword(cursor, "table", "tables");
  if (!tables && !tookKeyword(cursor, "field", "fields")) throw unexpected(cursor, "FIELD or TABLE");
  const by = takeRenamings(cursor);
  return { kind: "rename", what: tables ? "tables" : "fields", by, span: spanFrom(cursor, start) };
}

function parseFieldList(cursor: Cursor, start: number, kind: FieldListStatement["kind"]): FieldListStatement {
  return { kind, fields: takeList(cursor, () => takePattern(cursor)), span: spanFrom(cursor, start) };
}

function parseLoosen(cursor: Cursor, start: number): LoosenTables {
  if (!tookKeyword(cursor, "table", "tables")) throw unexpected(cursor, "TABLE");
  return { kind: "loosen", tables: takeNames(cursor, "a table name"), span: spanFrom(cursor, start) };
}

function parseTrace(cursor: Cursor, start: number): TraceStatement {
  const text = cursor.source.text.slice(cursor.at, cursor.end).trim();
  cursor.at = cursor.end;
  return { kind: "trace", text, span: spanFrom(cursor, start) };
}

const statementStarts = "a statement such as LOAD, SET, DROP TABLE or SECTION ACCESS";

/** Behind WHEN or UNLESS stands a statement, perhaps one with a guard of its own; no more than `depthCap` of them. */
function parseGuarded(cursor: Cursor, start: number, label: string | undefined): Statement {
  const guard = tookGuard(cursor);
  if (guard === undefined) return label === undefined ? parseUnlabelled(cursor) : parseLabelled(cursor, start, label);
  cursor.guards += 1;
  if (cursor.guards > depthCap) throw unexpected(cursor, `at most ${depthCap} guards`);
  const statement = parseGuarded(cursor, peek(cursor).start, label);
  return { kind: "guarded", guard, statement, span: spanFrom(cursor, start) };
}

function parseLabelled(cursor: Cursor, start: number, label: string): Statement {
  if (isKeyword(peek(cursor), "declare")) return parsePassed(cursor, start);
  return parseLoad(cursor, start, label);
}

function parseKeyword(cursor: Cursor, keyword: string, start: number): Statement {
  const parser = Object.hasOwn(parsers, keyword) ? parsers[keyword] : undefined;
  if (parser !== undefined) {
    take(cursor);
    return parser(cursor, start);
  }
  if (passedKeywords.has(keyword)) return parsePassed(cursor, start);
  if (keyword === "direct") {
    const remedy = "load the fields with LOAD … FROM or SELECT";
    throw notSupported(cursor, start, "DIRECT QUERY", remedy);
  }
  if (loadKeywords.has(keyword)) return parseLoad(cursor, start, undefined);
  throw unexpected(cursor, statementStarts);
}

function parseUnlabelled(cursor: Cursor): Statement {
  const token = peek(cursor);
  const { start } = token;
  const next = peekSecond(cursor);
  if (isSymbol(next, ":")) {
    const label = takeName(cursor, statementStarts);
    take(cursor);
    return parseGuarded(cursor, start, label);
  }
  if (isSymbol(next, "=") && token.kind === "word") return parseLet(cursor, start);
  if (token.kind !== "word") throw unexpected(cursor, statementStarts);
  return parseKeyword(cursor, token.keyword, start);
}

/** Reads one statement to its end; `v = expression` is LET without its keyword (LS-CTL-01). */
export function parseStatement(cursor: Cursor): Statement {
  const { start } = peek(cursor);
  const named = isSymbol(peekSecond(cursor), ":") || isSymbol(peekSecond(cursor), "=");
  const statement = named ? parseUnlabelled(cursor) : parseGuarded(cursor, start, undefined);
  if (skipBlanks(cursor.source, cursor.at, cursor.end) < cursor.end) throw unexpected(cursor, "; at the end");
  return statement;
}
