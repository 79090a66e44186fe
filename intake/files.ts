/** Files people wrote or exported. */
import { readFileSync } from "node:fs";
import { ConformanceError } from "../contract/errors.ts";
import type { Json } from "../contract/types.ts";

/** The text of a file. Throws `input` naming the file when it cannot be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    throw new ConformanceError("input", missing ? "there is no such file" : "the file cannot be read", {
      file,
      remedy: "check the path",
      cause,
    });
  }
}

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
