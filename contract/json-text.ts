/** JSON texts as people write them: what is wrong, and at which line and column. */
import { ConformanceError } from "./errors.ts";
import type { Place } from "./errors.ts";
import type { Json } from "./types.ts";
import { depthLimit, scanJson } from "./json-scan.ts";

export type Path = readonly (string | number)[];

/** Line and column (from 1, columns in UTF-16 units) of an offset. */
export function placeAt(text: string, offset: number): Required<Pick<Place, "line" | "column">> {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Where the value at a path begins; for a path that leads nowhere, its deepest part that exists. */
export function placeOf(text: string, path: Path): Required<Pick<Place, "line" | "column">> {
  let best = { length: 0, offset: 0 };
  scanJson(text, (at, offset) => {
    // Not before the best so far: of a key that stands twice, the last counts.
    const leads = at.length >= best.length && at.every((part, index) => part === path[index]);
    if (leads) best = { length: at.length, offset };
  });
  return placeAt(text, best.offset);
}

/** Reads a JSON text. Throws `input` with line and column for text that is no JSON, nests too deep or hides a key. */
export function parseJson(text: string, file: string): Json {
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const value = parseOrThrow(plain, file);
  refuseUnkeepable(value, plain, file);
  return value;
}

function parseOrThrow(text: string, file: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch (cause) {
    const fault = scanJson(text, () => {});
    throw new ConformanceError("input", "not valid JSON", {
      file,
      ...placeAt(text, fault?.offset ?? 0),
      expected: fault?.expected ?? "JSON",
      remedy: "correct the text at this place",
      cause,
    });
  }
}

interface Visited {
  readonly value: Json;
  readonly key: string | number;
  readonly parent: Visited | undefined;
  readonly depth: number;
}

/** `__proto__` would be lost on the way, and endless nesting would exhaust the stack: both are refused by name. */
function refuseUnkeepable(root: Json, text: string, file: string): void {
  const open: Visited[] = [{ value: root, key: "", parent: undefined, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const fault = faultOf(next);
    if (fault !== undefined) {
      const details = { file, ...placeOf(text, pathOf(next)), expected: fault.expected };
      throw new ConformanceError("input", fault.message, { ...details, remedy: "change the text at this place" });
    }
    pushChildren(next, open);
  }
}

function pushChildren(parent: Visited, open: Visited[]): void {
  const { value } = parent;
  if (typeof value !== "object" || value === null) return;
  const depth = parent.depth + 1;
  if (Array.isArray(value)) {
    value.forEach((child: Json, key) => open.push({ value: child, key, parent, depth }));
  } else {
    for (const [key, child] of Object.entries(value)) open.push({ value: child, key, parent, depth });
  }
}

function pathOf(visited: Visited): Path {
  const path: (string | number)[] = [];
  for (let at = visited; at.parent !== undefined; at = at.parent) path.unshift(at.key);
  return path;
}

function faultOf(visited: Visited): { message: string; expected: string } | undefined {
  if (visited.depth > depthLimit) return { message: "nested too deeply", expected: `at most ${depthLimit} levels` };
  if (visited.key === "__proto__") return { message: "the key __proto__ is not allowed", expected: "another name" };
  return undefined;
}
