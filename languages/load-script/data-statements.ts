/** Statements about connections, files and fields, and those that leave the data alone. */
import type {
  AliasStatement,
  AutonumberStatement,
  BinaryStatement,
  ConnectStatement,
  DirectoryStatement,
  ForceStatement,
  MapStatement,
  PassedStatement,
  Renaming,
  Statement,
  StoredItem,
  StoreStatement,
} from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import {
  expectKeyword,
  isKeyword,
  isSymbol,
  peek,
  peekSecond,
  spanFrom,
  takeList,
  takeName,
  tookKeyword,
  tookSymbol,
  unexpected,
} from "./cursor.ts";
import { parseFormat } from "./formats.ts";
import { takePath } from "./loads.ts";

/** Statements that leave tables and variables alone. */
export const passedKeywords: ReadonlySet<string> = new Set(
  "comment tag untag search declare derive disconnect sleep execute flushlog".split(" "),
);

type Parse = (cursor: Cursor, start: number) => Statement;

const barePattern = /[\p{L}\p{N}_%#$@.*?]+/uy;

/** A field pattern: a quoted name, or letters with `*` and `?` among them (LS-MOD-05). */
export function takePattern(cursor: Cursor): string {
  const token = peek(cursor);
  if (token.kind === "quoted" || token.kind === "text") return takeName(cursor, "a field name");
  barePattern.lastIndex = token.start;
  const pattern = token.kind === "end" ? undefined : barePattern.exec(cursor.source.text)?.[0];
  if (pattern === undefined) throw unexpected(cursor, "a field name or *");
  cursor.at = token.start + pattern.length;
  return pattern;
}

function takePatterns(cursor: Cursor): [string, ...string[]] {
  return takeList(cursor, () => takePattern(cursor));
}

/** From the keyword to the end, as written. */
export function parsePassed(cursor: Cursor, start: number): PassedStatement {
  const text = cursor.source.text.slice(start, cursor.end).trim();
  cursor.at = cursor.end;
  return { kind: "passed", text, span: spanFrom(cursor, start) };
}

/** What is left of the statement when it is more than one token, else the token's own text. */
function takeText(cursor: Cursor): string {
  const token = peek(cursor);
  const quoted = token.kind === "quoted" || token.kind === "text";
  const text = quoted ? token.value : cursor.source.text.slice(token.start, cursor.end).trim();
  if (/[\r\n]/.test(text)) throw unexpected(cursor, "a name on one line", "end the statement with ;");
  cursor.at = quoted ? token.end : cursor.end;
  return text;
}

function parseBinary(cursor: Cursor, start: number): BinaryStatement {
  const path = takeText(cursor);
  if (path === "") throw unexpected(cursor, "the path or id of an app");
  return { kind: "binary", path, span: spanFrom(cursor, start) };
}

function takeStored(cursor: Cursor): StoredItem {
  if (tookSymbol(cursor, "*")) return { kind: "all" };
  const field = takeName(cursor, "a field name or *");
  return { kind: "field", field, ...(tookKeyword(cursor, "as") && { alias: takeName(cursor, "a field name") }) };
}

/** Without a list of fields all are stored. */
function storedFields(cursor: Cursor): StoreStatement["fields"] {
  const listed = isSymbol(peek(cursor), "*") || !isKeyword(peekSecond(cursor), "into");
  if (!listed) return [{ kind: "all" }];
  const fields = takeList(cursor, () => takeStored(cursor));
  expectKeyword(cursor, "from");
  return fields;
}

function parseStore(cursor: Cursor, start: number): StoreStatement {
  const fields = storedFields(cursor);
  const table = takeName(cursor, "a table name");
  expectKeyword(cursor, "into");
  const path = takePath(cursor);
  const format = parseFormat(cursor);
  return { kind: "store", fields, table, path, ...(format && { format }), span: spanFrom(cursor, start) };
}

function connectBy(by: ConnectStatement["by"]): Parse {
  return (cursor, start) => {
    if (!tookKeyword(cursor, "connect", "connect32", "connect64")) throw unexpected(cursor, "CONNECT");
    return parseConnection(cursor, start, by);
  };
}

function parseConnection(cursor: Cursor, start: number, by: ConnectStatement["by"]): ConnectStatement {
  tookKeyword(cursor, "to");
  const connection = takeText(cursor);
  if (connection === "") throw unexpected(cursor, "the name of a connection");
  // What may follow a quoted name are user and password: they are not kept.
  cursor.at = cursor.end;
  return { kind: "connect", by, connection, span: spanFrom(cursor, start) };
}

function parseDirectory(cursor: Cursor, start: number): DirectoryStatement {
  const path = takeText(cursor);
  return { kind: "directory", ...(path !== "" && { path }), span: spanFrom(cursor, start) };
}

function parseForce(cursor: Cursor, start: number): ForceStatement {
  const letters = takeLetters(cursor);
  return { kind: "force", letters, span: spanFrom(cursor, start) };
}

function takeLetters(cursor: Cursor): ForceStatement["letters"] {
  if (tookKeyword(cursor, "capitalization")) return "capitalization";
  if (peek(cursor).kind === "end") return "mixed";
  expectKeyword(cursor, "case");
  const letters = (["upper", "lower", "mixed"] as const).find((name) => tookKeyword(cursor, name));
  if (letters === undefined) throw unexpected(cursor, "UPPER, LOWER or MIXED");
  return letters;
}

function takeAlias(cursor: Cursor): Renaming {
  const from = takeName(cursor, "a field name");
  expectKeyword(cursor, "as");
  return { from, to: takeName(cursor, "an alias") };
}

function parseAlias(cursor: Cursor, start: number): AliasStatement {
  return { kind: "alias", pairs: takeList(cursor, () => takeAlias(cursor)), span: spanFrom(cursor, start) };
}

function parseMap(cursor: Cursor, start: number): MapStatement {
  const fields = takePatterns(cursor);
  expectKeyword(cursor, "using");
  return { kind: "map", fields, map: takeName(cursor, "a mapping table"), span: spanFrom(cursor, start) };
}

function parseUnmap(cursor: Cursor, start: number): MapStatement {
  return { kind: "map", fields: takePatterns(cursor), span: spanFrom(cursor, start) };
}

function parseAutonumber(cursor: Cursor, start: number): AutonumberStatement {
  const fields = takePatterns(cursor);
  const namespace = tookKeyword(cursor, "using") ? { namespace: takeName(cursor, "a namespace") } : {};
  return { kind: "autonumber", fields, ...namespace, span: spanFrom(cursor, start) };
}

/** Parsers by the keyword they follow. */
export const dataStatements: { readonly [keyword: string]: Parse } = {
  binary: parseBinary,
  store: parseStore,
  lib: connectBy("lib"),
  odbc: connectBy("odbc"),
  oledb: connectBy("oledb"),
  ole: connectBy("oledb"),
  custom: connectBy("custom"),
  connect: (cursor, start) => parseConnection(cursor, start, "oledb"),
  directory: parseDirectory,
  force: parseForce,
  alias: parseAlias,
  map: parseMap,
  unmap: parseUnmap,
  autonumber: parseAutonumber,
};
