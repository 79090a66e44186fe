/** The one way a case file is written, so that a change in a case shows as a change of its lines and of nothing else. */
import type { Json } from "../contract/types.ts";

const width = 120;

/** The text of a case file: two blanks an indent, whatever fits into a line in one line, a line feed at the end. */
export function canonicalJson(value: Json): string {
  return `${lines(value, "", 0)}\n`;
}

function lines(value: Json, indent: string, before: number): string {
  const flat = oneLine(value);
  if (indent.length + before + flat.length < width || value === null || typeof value !== "object") return flat;
  const inner = `${indent}  `;
  const [open, close, members] = Array.isArray(value)
    ? ["[", "]", value.map((item: Json) => lines(item, inner, 0))]
    : ["{", "}", Object.entries(value).map(([key, item]) => member(key, item, inner))];
  return `${open}\n${members.map((text) => inner + text).join(",\n")}\n${indent}${close}`;
}

function member(key: string, value: Json, indent: string): string {
  const name = `${JSON.stringify(key)}: `;
  return name + lines(value, indent, name.length);
}

function oneLine(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
