/** Seeded changes to a JSON text. */

/** Mulberry32: a small seeded generator, so that a red run can be seen again. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const pieces = [
  '"',
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "null",
  "1e999",
  "-0",
  "\\u00",
  "\u0000",
  '"__proto__":1,',
  "\uD800",
  "[[",
  "true",
];
const swaps = [/"kind":"\w+"/g, /"id":"[^"]*"/g, /"\w+":/g, /\[[^[\]]*\]/g, /"[^"]*"/g];
const values = ["3", "null", "[]", "{}", '"x"', '{"n":1,"t":"01"}', "[[[]]]", '"kind":"view"', '"id":4'];

/** The text with one thing changed: cut, inserted, repeated, or one JSON piece put for another. */
export function mutate(text: string, next: (below: number) => number): string {
  const at = next(text.length);
  switch (next(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + next(20));
    case 2:
      return text.slice(0, at) + (pieces[next(pieces.length)] ?? "") + text.slice(at);
    case 3:
      return text.slice(0, at) + text.slice(next(text.length)) + text.slice(at);
    default: {
      const found = [...text.matchAll(swaps[next(swaps.length)] ?? /x/g)];
      const hit = found[next(Math.max(found.length, 1))];
      if (hit === undefined) return text;
      return text.slice(0, hit.index) + (values[next(values.length)] ?? "") + text.slice(hit.index + hit[0].length);
    }
  }
}
