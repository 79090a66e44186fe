/** One read of a table's rows for all users: how many rows each user sees, and who sees a row at each slot. */
import {
  classed,
  combinations,
  combinationsOf,
  addSlots,
  countSeen,
  scanClasses,
  seenCombinations,
  widthFor,
  type ClassedFactor,
  type Marks,
} from "./columnar-classes.ts";
import type { Codes, Reading } from "./columnar-encode.ts";
import { wordsFor, type Factor } from "./columnar-masks.ts";
import { blockFor, blockRows, countBlock, gatherBySlot, maskRows, turnWords } from "./columnar-words.ts";

/** Users by slot: for each slot of `slots`, who sees a row that links to it. */
export interface Gathering {
  readonly slots: Codes;
  readonly size: number;
  /** What the slot itself allows; whom it refuses need not be found. */
  readonly own?: Factor | undefined;
}

export interface Scan {
  readonly rows: number;
  readonly users: number;
  readonly reading: Reading | undefined;
  readonly factors: readonly Factor[];
  /** Whether rows are counted. */
  readonly counts: boolean;
  readonly gatherings: readonly Gathering[];
}

export interface ScanResult {
  /** Visible rows by user; all zero unless asked for. */
  readonly counts: Float64Array;
  /** Masks by slot, one array a gathering. */
  readonly gathered: readonly Uint32Array[];
}

/** Below this many rows the classes are not worth looking for. */
const fewRows = 2 ** 15;

/** Most combinations counted in one array, and most (slot, combination) pairs marked as bits. */
const mostCombinations = 2 ** 22;
const mostPairs = 2 ** 26;

interface Plan {
  /** Factors whose combinations are counted, absent where rows are counted by words. */
  readonly counting?: readonly ClassedFactor[];
  /** By gathering: the factors whose combinations are marked, absent where it goes by words. */
  readonly markings: readonly (readonly ClassedFactor[] | undefined)[];
}

function sumOverUsers(users: number, of: (user: number) => number): number {
  let sum = 0;
  for (let user = 0; user < users; user++) sum += of(user);
  return sum;
}

/** Looking at every row costs a step a row and word; by classes, a step for each combination a user sees. */
function countsByClass(factors: readonly ClassedFactor[], { rows, users, reading }: Scan): boolean {
  if (combinations(factors) > mostCombinations) return false;
  if (reading === "by classes") return true;
  return sumOverUsers(users, (user) => seenCombinations(factors, user)) < 2 * rows * wordsFor(users);
}

/** A user's combinations are united until he has every slot; the more rows each has, the sooner. */
function marksByClass(factors: readonly ClassedFactor[], size: number, { rows, users, reading }: Scan): boolean {
  const numbers = combinations(factors);
  const width = widthFor(size);
  if (numbers * width * 32 > mostPairs) return false;
  if (reading === "by classes") return true;
  const enough = 64 + (2 * size * Math.log2(size + 1) * numbers) / rows;
  const united = sumOverUsers(users, (user) => width * Math.min(enough, seenCombinations(factors, user)));
  return united < 2 * rows * wordsFor(users);
}

function planFor(scan: Scan): Plan {
  if (scan.reading === "by words" || (scan.reading === undefined && scan.rows < fewRows))
    return { markings: scan.gatherings.map(() => undefined) };
  const factors = classed(scan.factors, wordsFor(scan.users), scan.users);
  const markings = scan.gatherings.map(({ own, size }) => {
    const others = own === undefined ? factors : factors.filter(({ factor }) => factor !== own);
    return marksByClass(others, size, scan) ? others : undefined;
  });
  return scan.counts && countsByClass(factors, scan) ? { counting: factors, markings } : { markings };
}

interface Gathered {
  readonly into: Uint32Array;
  readonly own?: Factor | undefined;
}

/** Who meets a mark at each slot, among those the slot allows. */
function gatherMarked({ into, own }: Gathered, marks: Marks, seen: readonly Uint32Array[]): void {
  const words = wordsFor(seen.length);
  for (let word = 0; word < words; word++) {
    const found = Array.from({ length: 32 }, () => new Uint32Array(marks.width));
    for (const [bit, slots] of found.entries()) {
      const numbers = seen[word * 32 + bit];
      if (numbers !== undefined) addSlots(slots, marks, numbers);
    }
    turnWords(into, { words, word }, found);
  }
  const allowed = own?.masks;
  if (allowed === undefined) return;
  for (let at = 0; at < into.length; at++) into[at] = (into[at] ?? 0) & (allowed[at] ?? 0);
}

function byClasses(scan: Scan, { counting, markings }: Plan, into: ScanResult): void {
  const chosen = scan.gatherings.flatMap((gathering, at) => {
    const factors = markings[at];
    return factors === undefined ? [] : [{ ...gathering, factors, into: into.gathered[at] ?? new Uint32Array(0) }];
  });
  if (counting === undefined && chosen.length === 0) return;
  const { counts, marks } = scanClasses({ rows: scan.rows, counting, markings: chosen });
  const users = Array.from({ length: scan.users }, (_, user) => user);
  const known = new Map<readonly ClassedFactor[], readonly Uint32Array[]>();
  const seenOf = (factors: readonly ClassedFactor[]): readonly Uint32Array[] => {
    const seen = known.get(factors) ?? users.map((user) => combinationsOf(factors, user));
    known.set(factors, seen);
    return seen;
  };
  if (counting !== undefined) {
    for (const [user, seen] of seenOf(counting).entries()) into.counts[user] = countSeen(counts, seen);
  }
  for (const [at, one] of chosen.entries()) {
    const marked = marks[at];
    if (marked !== undefined) gatherMarked(one, marked, seenOf(one.factors));
  }
}

function byWords(scan: Scan, { counting, markings }: Plan, into: ScanResult): void {
  const chosen = scan.gatherings.flatMap(({ slots }, at) =>
    markings[at] === undefined ? [{ slots, into: into.gathered[at] ?? new Uint32Array(0) }] : [],
  );
  const counts = scan.counts && counting === undefined;
  if (!counts && chosen.length === 0) return;
  const block = blockFor(wordsFor(scan.users));
  for (let from = 0; from < scan.rows; from += blockRows) {
    const rows = Math.min(blockRows, scan.rows - from);
    maskRows(block, scan.factors, from, rows);
    if (counts) countBlock(into.counts, block, rows);
    for (const one of chosen) gatherBySlot(block, one.into, one.slots.subarray(from, from + rows));
  }
}

/** Reads the rows once by classes and, for what has too many of them, once by words. */
export function scanRows(scan: Scan): ScanResult {
  const words = wordsFor(scan.users);
  const counts = new Float64Array(words * 32);
  const gathered = scan.gatherings.map(({ size }) => new Uint32Array(size * words));
  const plan = planFor(scan);
  byClasses(scan, plan, { counts, gathered });
  byWords(scan, plan, { counts, gathered });
  return { counts, gathered };
}
