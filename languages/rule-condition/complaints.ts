/** What to tell a person about a token that does not fit, and what to do about it. */
import type { Token } from "./tokens.ts";

export interface Complaint {
  readonly message: string;
  readonly remedy?: string;
}

export const functionNames = ["HasPrivilege", "IsAnonymous", "Empty", "IsOwned"] as const;
export const roots = ["resource", "user", "node"] as const;
export const keywords: readonly string[] = ["and", "or", "like", "matches"];

const badCharacters: readonly { readonly of: RegExp; readonly complaint: (character: string) => Complaint }[] = [
  {
    of: /["]/,
    complaint: () => ({ message: "the text opened here is never closed", remedy: 'close it with a straight "' }),
  },
  {
    of: /[“”„‟«»‘’‚'`´]/,
    complaint: (character) => ({
      message: `${character} does not quote a text`,
      remedy: 'use straight double quotes: "Sales" (SR-307)',
    }),
  },
  {
    of: /[<>+*/%^~-]/,
    complaint: (character) => ({
      message: `there is no operator ${character}`,
      remedy: "the operators are =, ==, !=, !==, like, matches, and, or, ! (SR-309)",
    }),
  },
  {
    of: /[&|]/,
    complaint: (character) => ({
      message: `a single ${character} is no operator`,
      remedy: `write ${character === "&" ? "and or &&" : "or or ||"} (SR-303)`,
    }),
  },
  {
    of: /[{}[\],;]/,
    complaint: (character) => ({
      message: `${character} has no meaning in a condition`,
      remedy: "there are no lists and no statements; join comparisons with or (SR-309)",
    }),
  },
  {
    of: /\p{Z}|\p{Cf}/u,
    complaint: () => ({ message: "an invisible character stands here", remedy: "replace it with a plain blank" }),
  },
];

function aboutBad(token: Token): Complaint {
  const known = badCharacters.find((entry) => entry.of.test(token.value));
  return known === undefined
    ? { message: `${JSON.stringify(token.value)} has no meaning in a condition` }
    : known.complaint(token.value);
}

function aboutWord(word: string): Complaint {
  const lower = word.toLowerCase();
  if (word !== lower && keywords.includes(lower)) {
    return { message: `unknown word ${word}`, remedy: `operators are lower case: write ${lower} (SR-305)` };
  }
  if (lower === "not") return { message: "there is no word not", remedy: "negate with !( … ) (SR-304)" };
  if (keywords.includes(word)) return { message: `the operator ${word} has nothing to work on here` };
  const near = nearWord(lower);
  if (near !== undefined) return { message: `unexpected word ${word}`, remedy: `did you mean ${near}?` };
  return {
    message: `unexpected word ${word}`,
    remedy: `a text stands in straight double quotes: "${word}" (SR-307); a property begins with resource. or user.`,
  };
}

export function complain(token: Token): Complaint {
  switch (token.kind) {
    case "bad":
      return aboutBad(token);
    case "word":
      return aboutWord(token.value);
    case "text":
      return { message: `unexpected text "${token.value}"` };
    case "symbol":
      return { message: `unexpected ${token.value}` };
    case "end":
      return { message: "the condition ends too early" };
  }
}

/** How many letters must change to get from one word to the other, as far as suggesting a name needs it. */
export function differs(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function letters(word: string): string {
  return Array.from(word).sort().join("");
}

/** The keyword or root a word stands for when a letter of it is wrong, or two have changed places. */
function nearWord(word: string): string | undefined {
  if (word.length < 3 || word.length > 10) return undefined;
  return [...roots, ...keywords].find((known) => differs(word, known) === 1 || letters(word) === letters(known));
}

const longestName = 60;

/** Of names that exist, the one a name was likely meant to be; none where it is one of them, or no other is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const word = name.toLowerCase();
  if (word.length > longestName) return undefined;
  const far = known.map((other) => {
    const lower = other.toLowerCase();
    const swapped = word !== lower && letters(word) === letters(lower);
    return { other, steps: swapped ? 1 : differs(word, lower) };
  });
  const best = far.toSorted((one, other) => one.steps - other.steps)[0];
  const most = Math.max(1, Math.floor(word.length / 3));
  return best !== undefined && best.steps > 0 && best.steps <= most ? best.other : undefined;
}

export function aboutFunction(name: string): Complaint {
  const near = functionNames.find(
    (known) => name.length <= 40 && differs(name.toLowerCase(), known.toLowerCase()) <= 3,
  );
  return {
    message: `unknown function ${name}`,
    remedy: near === undefined ? "nothing else can be called (SR-480)" : `did you mean ${near}? (SR-480)`,
  };
}
