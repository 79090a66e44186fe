/** Files people wrote or exported. */
import { readFileSync, statSync } from "node:fs";
import { ConformanceError } from "../contract/errors.ts";
import { placeAt } from "../contract/json-text.ts";
import type { Json } from "../contract/types.ts";

function messageOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "there is no such file";
  return code === "EACCES" || code === "EPERM" ? "the file may not be read" : "the file cannot be read";
}

/** A folder, or a device that would never end, is no file; a pipe is one. */
function bytesOf(file: string): Buffer {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) throw new ConformanceError("input", "this is a folder", { file, expected: "a file" });
    if (stat.isCharacterDevice() || stat.isBlockDevice()) {
      throw new ConformanceError("input", "this is a device", { file, expected: "a file" });
    }
    return readFileSync(file);
  } catch (cause) {
    if (cause instanceof ConformanceError) throw cause;
    throw new ConformanceError("input", messageOf(cause), { file, remedy: "check the path", cause });
  }
}

/** UTF-8, or UTF-16 where a byte order mark says so; undefined for anything else. */
function decoded(bytes: Buffer): string | undefined {
  const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  const encoding = mark === 0xff_fe ? "utf-16le" : mark === 0xfe_ff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function refuseNul(text: string, file: string): void {
  const at = text.indexOf("\0");
  if (at < 0) return;
  throw new ConformanceError("input", "the file is not text: it holds a NUL character", {
    file,
    ...placeAt(text, at),
    remedy: "name a text file in UTF-8",
  });
}

/** Where the first byte stands that is no UTF-8. */
function firstFault(bytes: Buffer): { readonly line: number; readonly column: number } {
  const text = bytes.toString("utf8");
  return placeAt(text, Math.max(text.indexOf("\uFFFD"), 0));
}

/** The text of a file, without its byte order mark. Throws `input` naming the file when it cannot be read or is no text. */
export function readText(file: string): string {
  const bytes = bytesOf(file);
  const text = decoded(bytes);
  if (text === undefined) {
    throw new ConformanceError("input", "the file is not text in UTF-8", {
      file,
      ...firstFault(bytes),
      remedy: "save it as UTF-8",
    });
  }
  refuseNul(text, file);
  return text;
}

/** The text of a data file, where older encodings are usual: what is not UTF-8 is read as Windows-1252. Throws `input`. */
export function readData(file: string): string {
  const bytes = bytesOf(file);
  const text = decoded(bytes) ?? new TextDecoder("windows-1252").decode(bytes);
  refuseNul(text, file);
  return text;
}

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
