/** Every statement but LOAD, and which constructs are known and left out (load-script §2, §5, §6). */
import type {
  DropFields,
  DropTables,
  ExitStatement,
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
import { parseExpression } from "./expressions.ts";
import { loadKeywords, parseLoad } from "./loads.ts";
import { afterComment, closingAt, closingOf, skipBlanks } from "./scan.ts";
import type { ScriptText } from "./script-text.ts";

/** Statements known and not read, by what to do instead. */
const leftOut: { readonly [remedy: string]: string } = {
  "hand in the script as it runs, without control statements":
    "sub call end if then elseif else endif for each next do loop switch case default",
  "save the data as CSV and load it with FROM":
    "sql select lib connect odbc ole custom disconnect direct binary directory",
  "leave the statement out; it does not change the data":
    "store execute declare derive comment tag untag search flushlog sleep",
  "name the fields with AS": "alias",
  "use Upper() or Lower() in the LOAD": "force",
  "use ApplyMap() in the LOAD": "map unmap",
  "load the key itself": "autonumber",
};

const remedies: ReadonlyMap<string, string> = new Map(
  Object.entries(leftOut).flatMap(([remedy, keywords]) => keywords.split(" ").map((keyword) => [keyword, remedy])),
);

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

const barePattern = /[\p{L}\p{N}_%#$@.*?]+/uy;

/** A field pattern: a quoted name, or letters with `*` and `?` among them (LS-MOD-05). */
function takePattern(cursor: Cursor): string {
  const token = peek(cursor);
  if (token.kind === "quoted" || token.kind === "text") return takeName(cursor, "a field name");
  barePattern.lastIndex = token.start;
  const pattern = token.kind === "end" ? undefined : barePattern.exec(cursor.source.text)?.[0];
  if (pattern === undefined) throw unexpected(cursor, "a field name or *");
  cursor.at = token.start + pattern.length;
  return pattern;
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

function parseExit(cursor: Cursor, start: number): ExitStatement {
  expectKeyword(cursor, "script");
  const condition = peek(cursor);
  if (isKeyword(condition, "when", "unless"))
    throw notSupported(cursor, condition.start, "EXIT SCRIPT WHEN", "decide before the script is handed in");
  return { kind: "exit", span: spanFrom(cursor, start) };
}

const statementStarts = "a statement such as LOAD, SET, DROP TABLE or SECTION ACCESS";

function parseKeyword(cursor: Cursor, keyword: string, start: number): Statement {
  if (loadKeywords.has(keyword)) return parseLoad(cursor, start, undefined);
  const parser = Object.hasOwn(parsers, keyword) ? parsers[keyword] : undefined;
  if (parser !== undefined) {
    take(cursor);
    return parser(cursor, start);
  }
  const remedy = remedies.get(keyword);
  if (remedy !== undefined) throw notSupported(cursor, start, keyword.toUpperCase(), remedy);
  throw unexpected(cursor, statementStarts);
}

/** Reads one statement to its end; `v = expression` is LET without its keyword (LS-CTL-01). */
export function parseStatement(cursor: Cursor): Statement {
  const token = peek(cursor);
  const next = peekSecond(cursor);
  const start = token.start;
  let statement: Statement;
  if (isSymbol(next, ":")) {
    const label = takeName(cursor, statementStarts);
    take(cursor);
    statement = parseLoad(cursor, start, label);
  } else if (isSymbol(next, "=") && token.kind === "word") {
    statement = parseLet(cursor, start);
  } else {
    if (token.kind !== "word") throw unexpected(cursor, statementStarts);
    statement = parseKeyword(cursor, token.keyword, start);
  }
  if (skipBlanks(cursor.source, cursor.at, cursor.end) < cursor.end) throw unexpected(cursor, "; at the end");
  return statement;
}
