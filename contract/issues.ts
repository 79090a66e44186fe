/** What zod found, in words for the person who wrote the file. */
import type { z } from "zod";

export interface Misfit {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly expected?: string;
}

type Issue = z.core.$ZodIssue;

/** The most telling single statement about an issue. */
export function describeIssue(issue: Issue): Misfit {
  return describeAt(issue, []);
}

function describeAt(issue: Issue, base: Misfit["path"]): Misfit {
  const path = [...base, ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))];
  if (issue.code === "invalid_union") return closestBranch(issue, path);
  if (issue.code === "unrecognized_keys") return unknownKey(path, issue.keys);
  if (issue.code === "invalid_type") {
    return { path, message: `${pathText(path)} has the wrong type or is missing`, expected: nounOf(issue.expected) };
  }
  if (issue.code === "invalid_value") {
    return { path, message: `${pathText(path)} has a value that is not allowed`, expected: oneOf(issue.values) };
  }
  return { path, message: `${pathText(path)}: ${issue.message}` };
}

function unknownKey(path: Misfit["path"], keys: readonly string[]): Misfit {
  const at = keys[0] === undefined ? path : [...path, keys[0]];
  return { path: at, message: `${pathText(at)} is an unknown key`, expected: "only keys of the published schema" };
}

/** Of the shapes a value could have had, the one it came closest to. */
function closestBranch(issue: Extract<Issue, { code: "invalid_union" }>, path: Misfit["path"]): Misfit {
  const branches = issue.errors.filter((branch) => branch.length > 0).toSorted(byCloseness);
  const best = branches[0]?.[0];
  if (best !== undefined) return describeAt(best, path);
  const options = "options" in issue ? issue.options : undefined;
  const expected = options === undefined ? undefined : oneOf(options);
  const message = `${pathText(path)} has a value that is not allowed`;
  return expected === undefined ? { path, message } : { path, message, expected };
}

function byCloseness(a: readonly Issue[], b: readonly Issue[]): number {
  return depthOf(b) - depthOf(a) || a.length - b.length;
}

function depthOf(branch: readonly Issue[]): number {
  return Math.max(...branch.map((issue) => issue.path.length));
}

const nouns: { readonly [expected: string]: string } = {
  array: "an array",
  object: "an object",
  record: "an object",
  int: "a whole number",
};

function nounOf(expected: string): string {
  return nouns[expected] ?? `a ${expected}`;
}

function oneOf(values: readonly unknown[]): string {
  const named = values.map((value) => JSON.stringify(value) ?? String(value));
  return named.length === 1 ? (named[0] ?? "") : `one of ${named.join(", ")}`;
}

/** `asks[0].probe.kind`, as a person would point at it; `the whole text` for the root. */
export function pathText(path: Misfit["path"]): string {
  if (path.length === 0) return "the whole text";
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}
