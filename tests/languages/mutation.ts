/** Seeded mutations of texts: what people and editors do to them, and worse. */
import assert from "node:assert/strict";
import { ConformanceError } from "../../contract/errors.ts";

/** mulberry32: a small generator of fractions, the same on every machine. */
function fractions(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function mutate(text: string, next: () => number, vocabulary: readonly string[]): string {
  const at = Math.floor(next() * (text.length + 1));
  const length = Math.floor(next() * 6);
  const insert = vocabulary[Math.floor(next() * vocabulary.length)] ?? "";
  const way = Math.floor(next() * 4);
  if (way === 0) return text.slice(0, at) + text.slice(at + length);
  if (way === 1) return text.slice(0, at) + insert + text.slice(at);
  if (way === 2) return text.slice(0, at) + insert + text.slice(at + length);
  return text.slice(0, at) + text.slice(at, at + length) + text.slice(at);
}

export interface Mutations<Tree> {
  readonly seeds: readonly string[];
  readonly vocabulary: readonly string[];
  readonly count: number;
  readonly parse: (text: string) => Tree;
  readonly accepted: (tree: Tree, text: string) => void;
}

/** Parses mutated texts; each is accepted, or refused with a known error that has a place inside the text. */
export function surviveMutations<Tree>(how: Mutations<Tree>): { readonly accepted: number; readonly refused: number } {
  const next = fractions(20_260_101);
  let [accepted, refused] = [0, 0];
  for (let index = 0; index < how.count; index += 1) {
    let text = how.seeds[index % how.seeds.length] ?? "";
    for (let rounds = 1 + (index % 3); rounds > 0; rounds -= 1) text = mutate(text, next, how.vocabulary);
    const tree = attempt(how.parse, text);
    if (tree === undefined) refused += 1;
    else {
      accepted += 1;
      how.accepted(tree.tree, text);
    }
  }
  return { accepted, refused };
}

function attempt<Tree>(parse: (text: string) => Tree, text: string): { readonly tree: Tree } | undefined {
  try {
    return { tree: parse(text) };
  } catch (error) {
    assert.ok(error instanceof ConformanceError, `${JSON.stringify(text)} throws ${String(error)}`);
    const { line, column, expected } = error.details;
    const lines = text.split(/\r\n|\n|\r/);
    assert.ok(line !== undefined && line >= 1 && line <= lines.length, `line of ${JSON.stringify(text)}`);
    assert.ok(column !== undefined && column >= 1 && column <= (lines[line - 1] ?? "").length + 2, text);
    assert.ok(expected !== undefined && expected !== "", `${JSON.stringify(text)} says what was expected`);
    return undefined;
  }
}
