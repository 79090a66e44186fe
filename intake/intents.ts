/** A file of intents (YAML): what a site's rules are meant to allow, refuse, or be asked about. */
import { LineCounter, isMap, isScalar, isSeq, parseDocument, type Node, type YAMLMap } from "yaml";
import { ConformanceError, type Place } from "../contract/errors.ts";
import { readText } from "./files.ts";

/** A word of the file, and where it stands. */
export interface Word {
  readonly text: string;
  readonly place: Place;
}

export interface ReadIntent {
  readonly title: string;
  readonly place: Place;
  /** `never` and `always` are checked, `list` is answered. */
  readonly kind: "never" | "always" | "list";
  readonly actions: readonly Word[];
  /** Conditions in the language of rules; absent: everybody, everything. */
  readonly who?: Word;
  readonly where?: Word;
  /** A resource filter. */
  readonly on: Word;
  /** Only apps with, or without, section access. */
  readonly sectionAccess?: boolean;
  /** Resources made up as well, even where the site has some that fit. */
  readonly beyond?: boolean;
  /** `hub` or `qmc`; absent: both. */
  readonly context?: Word;
}

interface File {
  readonly file: string;
  readonly lines: LineCounter;
}

const keys = ["title", "never", "always", "list", "who", "on", "where", "sectionAccess", "beyond", "context"] as const;
const kinds = ["never", "always", "list"] as const;
const page = "docs/reference/intents.md shows a file";

function placeOf(at: File, node: unknown): Place {
  const range = typeof node === "object" && node !== null && "range" in node ? (node as Node).range : undefined;
  if (range === undefined || range === null) return { file: at.file, line: 1 };
  const { line, col } = at.lines.linePos(range[0]);
  return { file: at.file, line, column: col };
}

function refuse(at: File, node: unknown, message: string, expected: string): ConformanceError {
  return new ConformanceError("input", message, { ...placeOf(at, node), expected, remedy: page });
}

function wordOf(at: File, node: unknown, key: string): Word {
  if (isScalar(node) && typeof node.value === "string" && node.value.trim() !== "") {
    return { text: node.value, place: placeOf(at, node) };
  }
  throw refuse(at, node, `"${key}" is no text`, "a text; put it in quotation marks if it begins with a sign");
}

function wordsOf(at: File, node: unknown, key: string): readonly Word[] {
  if (!isSeq(node)) return [wordOf(at, node, key)];
  if (node.items.length === 0) throw refuse(at, node, `"${key}" names no action`, "at least one action");
  return node.items.map((item) => wordOf(at, item, key));
}

function nodeAt(map: YAMLMap, key: string): unknown {
  return map.get(key, true);
}

function refuseUnknown(at: File, map: YAMLMap): void {
  for (const { key } of map.items) {
    const name = isScalar(key) ? key.value : undefined;
    if (!keys.some((known) => known === name)) {
      throw refuse(at, key, `an intent has no ${JSON.stringify(name)}`, `one of ${keys.join(", ")}`);
    }
  }
}

function flagOf(at: File, map: YAMLMap, key: "sectionAccess" | "beyond"): { readonly [name in typeof key]?: boolean } {
  const node = nodeAt(map, key);
  if (node === undefined) return {};
  if (isScalar(node) && typeof node.value === "boolean") return { [key]: node.value };
  throw refuse(at, node, `"${key}" is neither true nor false`, "true or false");
}

function intentOf(at: File, node: unknown): ReadIntent {
  if (!isMap(node)) throw refuse(at, node, "this is no intent", "title, one of never, always, list, and on");
  refuseUnknown(at, node);
  const given = kinds.filter((kind) => node.has(kind));
  const [kind] = given;
  if (kind === undefined || given.length > 1) {
    throw refuse(
      at,
      node,
      kind === undefined ? "the intent asks nothing" : "the intent asks two things",
      `one of ${kinds.join(", ")}`,
    );
  }
  const optional = (key: "who" | "where" | "context"): { readonly [name in typeof key]?: Word } =>
    node.has(key) ? { [key]: wordOf(at, nodeAt(node, key), key) } : {};
  if (!node.has("on")) throw refuse(at, node, 'the intent names no "on"', "a resource filter such as App_*");
  return {
    title: wordOf(at, nodeAt(node, "title"), "title").text,
    place: placeOf(at, node),
    kind,
    actions: wordsOf(at, nodeAt(node, kind), kind),
    on: wordOf(at, nodeAt(node, "on"), "on"),
    ...optional("who"),
    ...optional("where"),
    ...optional("context"),
    ...flagOf(at, node, "sectionAccess"),
    ...flagOf(at, node, "beyond"),
  };
}

/** Reads the text of a file of intents. Throws `input` with file, line and column. */
export function parseIntents(text: string, file: string): readonly ReadIntent[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = { file, lines };
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    const message = error.message.split("\n")[0] ?? "this is no YAML";
    throw new ConformanceError("input", message, { file, line, column: col, expected: "YAML", remedy: page });
  }
  const root = document.contents;
  const list = isMap(root) ? root.get("intents", true) : root;
  if (isMap(root) && root.items.length !== 1)
    throw refuse(at, root, "the file holds more than intents", "intents: and a list");
  if (!isSeq(list) || list.items.length === 0)
    throw refuse(at, root, "the file holds no intents", "intents: and a list");
  return list.items.map((item) => intentOf(at, item));
}

/** Reads a file of intents. Throws `input` with file, line and column. */
export function readIntents(file: string): readonly ReadIntent[] {
  return parseIntents(readText(file), file);
}
