/**
 * Factors with a few values each, and the combinations that cannot be: rows at random, rows in which every pair of values
 * meets, and how many pairs some rows hold.
 */
import { diceOf, type Dice } from "./dice.ts";

export interface FactorTable {
  readonly [factor: string]: readonly string[];
}

/** One value for every factor of the table. */
export type RowOf<Table extends FactorTable> = { readonly [F in keyof Table]: Table[F][number] };

/** Values that never meet in one row. */
export interface Never<Table extends FactorTable> {
  readonly never: { readonly [F in keyof Table]?: readonly Table[F][number][] };
  readonly because: string;
}

interface Line {
  readonly [factor: string]: string | undefined;
}

interface Bar {
  readonly parts: readonly { readonly factor: string; readonly values: ReadonlySet<string> }[];
}

interface Filling {
  readonly domains: FactorTable;
  /** Draws the values; without, the first that fit are taken. */
  readonly dice: Dice | undefined;
}

/** How many pairs of values meet, of those that some row can have. */
export interface PairsMet {
  readonly feasible: number;
  readonly met: number;
  /** Pairs of the domains that no row can have. */
  readonly impossible: number;
  /** Those that could have met and did not, as `left=roles, under=plain`. */
  readonly missing: readonly string[];
}

const pairSeed = 0x5a1e;
/** Candidates a row of a covering array is picked from. */
const width = 12;

function barOf<Table extends FactorTable>({ never }: Never<Table>): Bar {
  const entries: readonly (readonly [string, readonly string[] | undefined])[] = Object.entries(never);
  return {
    parts: entries.flatMap(([factor, values]) => (values === undefined ? [] : [{ factor, values: new Set(values) }])),
  };
}

function isBroken({ parts }: Bar, line: Line): boolean {
  return parts.every(({ factor, values }) => values.has(line[factor] ?? ""));
}

/** The values in any order, for less than a shuffle that keeps the items apart from their ranks. */
function reordered(values: readonly string[], dice: Dice): readonly string[] {
  const order = [...values];
  for (let at = order.length - 1; at > 0; at--) {
    const other = dice.below(at + 1);
    [order[at], order[other]] = [order[other] ?? "", order[at] ?? ""];
  }
  return order;
}

/** Every pair of two different items, in order. */
function pairsOf<Item>(items: readonly Item[]): (readonly [Item, Item])[] {
  return items.flatMap((one, at) => items.slice(at + 1).map((other) => [one, other] as const));
}

/** What can be asked of a table of factors and what never meets in it. */
export class FactorSpace<Table extends FactorTable> {
  readonly names: readonly string[];
  readonly #bars: readonly Bar[];
  readonly #barsOf: ReadonlyMap<string, readonly Bar[]>;
  /** Most bound first, so that dead ends show early. */
  readonly #order: readonly string[];
  readonly #arrays = new Map<string, readonly RowOf<Table>[]>();
  /** The same by the object, since its text takes longer than a world. */
  readonly #known = new WeakMap<FactorTable, readonly RowOf<Table>[]>();

  constructor(table: Table, constraints: readonly Never<Table>[]) {
    this.names = Object.keys(table);
    this.#bars = constraints.map(barOf);
    this.#barsOf = new Map(
      this.names.map((name) => [name, this.#bars.filter(({ parts }) => parts.some(({ factor }) => factor === name))]),
    );
    const bonds = (name: string): number => this.#barsOf.get(name)?.length ?? 0;
    this.#order = this.names.toSorted((one, other) => bonds(other) - bonds(one));
  }

  /** Whether the values given break a constraint by themselves. */
  isBroken(line: Line): boolean {
    return this.#bars.some((bar) => isBroken(bar, line));
  }

  /** Whether some row of the domains has these values. */
  isFeasible(line: Line, domains: FactorTable): boolean {
    return this.#row(line, { domains, dice: undefined }) !== undefined;
  }

  /** A row at random that has the values given; undefined when there is none. */
  randomRow(domains: FactorTable, dice: Dice, given: Line = {}): RowOf<Table> | undefined {
    return this.#row(given, { domains, dice });
  }

  /** Rows in which every feasible pair meets; made once for the same domains. */
  covering(domains: FactorTable): readonly RowOf<Table>[] {
    const known = this.#known.get(domains);
    if (known !== undefined) return known;
    const key = JSON.stringify(this.names.map((name) => domains[name]));
    const made = this.#arrays.get(key) ?? this.#coveringRows(domains);
    this.#arrays.set(key, made);
    this.#known.set(domains, made);
    return made;
  }

  /** How many of the pairs that the domains admit meet in the rows. */
  met(rows: Iterable<RowOf<Table>>, domains: FactorTable): PairsMet {
    const seen = new Set<string>();
    for (const row of rows) for (const pair of this.#pairsIn(row)) seen.add(pair);
    const missing: string[] = [];
    let [feasible, met, impossible] = [0, 0, 0];
    for (const [name, line] of this.#allPairs(domains)) {
      if (!seen.has(name) && !this.isFeasible(line, domains)) {
        impossible += 1;
        continue;
      }
      feasible += 1;
      if (seen.has(name)) met += 1;
      else missing.push(name);
    }
    return { feasible, met, impossible, missing };
  }

  #row(given: Line, filling: Filling): RowOf<Table> | undefined {
    const named = Object.entries(given);
    const admitted = named.every(([name, value]) => value !== undefined && filling.domains[name]?.includes(value));
    const line: { [factor: string]: string | undefined } = { ...given };
    if (!admitted || this.isBroken(line)) return undefined;
    return this.#fill(line, 0, filling) && this.#isWhole(line) ? line : undefined;
  }

  /** Gives the open factors values, in order, backing out of dead ends. */
  #fill(line: { [factor: string]: string | undefined }, at: number, filling: Filling): boolean {
    const factor = this.#order[at];
    if (factor === undefined) return true;
    if (line[factor] !== undefined) return this.#fill(line, at + 1, filling);
    const values = filling.domains[factor] ?? [];
    for (const value of filling.dice === undefined ? values : reordered(values, filling.dice)) {
      line[factor] = value;
      const broken = this.#barsOf.get(factor)?.some((bar) => isBroken(bar, line)) === true;
      if (!broken && this.#fill(line, at + 1, filling)) return true;
    }
    line[factor] = undefined;
    return false;
  }

  #isWhole(line: Line): line is Line & RowOf<Table> {
    return this.names.every((name) => line[name] !== undefined);
  }

  #pairsIn(row: RowOf<Table>): string[] {
    return pairsOf(this.names).map(([one, other]) => `${one}=${row[one] ?? ""}, ${other}=${row[other] ?? ""}`);
  }

  *#allPairs(domains: FactorTable): IterableIterator<readonly [name: string, line: Line]> {
    for (const [one, other] of pairsOf(this.names)) {
      for (const value of domains[one] ?? []) {
        for (const beside of domains[other] ?? [])
          yield [`${one}=${value}, ${other}=${beside}`, { [one]: value, [other]: beside }];
      }
    }
  }

  /** Each row starts from a pair still open and is the best of several. */
  #coveringRows(domains: FactorTable): RowOf<Table>[] {
    const open = new Map([...this.#allPairs(domains)].filter(([, line]) => this.isFeasible(line, domains)));
    const rows: RowOf<Table>[] = [];
    for (let [start] = open.values(); start !== undefined; [start] = open.values()) {
      const from = start;
      const candidates = Array.from({ length: width }, (_, at) =>
        this.randomRow(domains, diceOf(pairSeed, rows.length * width + at), from),
      ).filter((row) => row !== undefined);
      const gains = candidates.map((row) => this.#pairsIn(row).filter((pair) => open.has(pair)).length);
      const best = candidates[gains.indexOf(Math.max(...gains))];
      if (best === undefined) throw new Error("a feasible pair is in no row");
      rows.push(best);
      for (const pair of this.#pairsIn(best)) open.delete(pair);
    }
    // Those of one value would stand together; a short campaign is to have of each.
    return diceOf(pairSeed, 0).shuffled(rows);
  }
}
