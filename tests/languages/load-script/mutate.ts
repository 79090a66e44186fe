/** Mutations of texts, seeded: the same seed gives the same texts. */

/** A whole number below a bound. */
export type Random = (bound: number) => number;

/** A 32-bit xorshift generator. */
export function randomFrom(seed: number): Random {
  let state = seed | 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

const keywords = "LOAD |INLINE [|RESIDENT | AS |JOIN |KEEP |CONCATENATE |QUALIFY *;|SET v=|LET v=v&v;|REM |not | or ";
const marks = "[ ] ' \" ` ; , ( ) // /* */ $( $(v) = & * - :";
const oddities = [
  "\n",
  "\t",
  "\u00a0",
  "\u0000",
  "é",
  "😀",
  "\ud800",
  "9".repeat(400),
  "(".repeat(300),
  "-".repeat(300),
];
const pieces = [...keywords.split("|"), ...marks.split(" "), ...oddities];

function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[random(items.length)];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}

function mutateOnce(text: string, seeds: readonly string[], random: Random): string {
  const at = random(text.length + 1);
  const length = random(12);
  const rest = text.slice(at + length);
  switch (random(5)) {
    case 0:
      return text.slice(0, at) + rest;
    case 1:
      return text.slice(0, at) + pick(pieces, random) + text.slice(at);
    case 2:
      return text.slice(0, at) + pick(pieces, random) + rest;
    case 3:
      return text.slice(0, at) + text.slice(at, at + length) + text.slice(at);
    default: {
      const other = pick(seeds, random);
      const from = random(other.length + 1);
      return text.slice(0, at) + other.slice(from, from + random(60)) + rest;
    }
  }
}

/** One of the seeds with one to four changes. */
export function mutate(seeds: readonly string[], random: Random): string {
  let text = pick(seeds, random);
  for (let changes = 1 + random(4); changes > 0; changes -= 1) text = mutateOnce(text, seeds, random);
  return text;
}
