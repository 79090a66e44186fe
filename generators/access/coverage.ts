/** How many pairs and triples of feature values meet in worlds, of those that some world can have. */
import {
  factorNames,
  factorValues,
  isFeasible,
  type Domains,
  type Draft,
  type Factor,
  type Features,
} from "./factors.ts";

export interface Met {
  /** Combinations some world can have. */
  readonly feasible: number;
  readonly met: number;
  /** Those that no world had, at most twenty, as `identity=user, stars=none`. */
  readonly missing: readonly string[];
}

export interface Coverage {
  readonly worlds: number;
  readonly pairs: Met;
  readonly triples: Met;
}

type Combination = readonly Factor[];

function combinations(size: number): Combination[] {
  const grow = (so: Combination, from: number): Combination[] =>
    so.length === size ? [so] : factorNames.slice(from).flatMap((factor, at) => grow([...so, factor], from + at + 1));
  return grow([], 0);
}

function* draftsOf([factor, ...rest]: Combination, domains: Domains): IterableIterator<Draft> {
  if (factor === undefined) {
    yield {};
    return;
  }
  for (const value of domains[factor]) for (const draft of draftsOf(rest, domains)) yield { [factor]: value, ...draft };
}

function nameOf(draft: Draft, combination: Combination): string {
  return combination.map((factor) => `${factor}=${draft[factor] ?? ""}`).join(", ");
}

/** A number for the values of a combination; a factor has fewer than eight. */
function codeOf(draft: Draft, combination: Combination): number {
  return combination.reduce((code, factor) => {
    const values: readonly string[] = factorValues[factor];
    return code * 8 + values.indexOf(draft[factor] ?? "");
  }, 0);
}

const told = 20;

function metOf(size: number, rows: readonly Features[], domains: Domains): Met {
  const missing: string[] = [];
  let [feasible, met] = [0, 0];
  for (const combination of combinations(size)) {
    const seen = new Set(rows.map((row) => codeOf(row, combination)));
    for (const draft of draftsOf(combination, domains)) {
      const isMet = seen.has(codeOf(draft, combination));
      if (!isMet && !isFeasible(draft, domains)) continue;
      feasible += 1;
      if (isMet) met += 1;
      else if (missing.length < told) missing.push(nameOf(draft, combination));
    }
  }
  return { feasible, met, missing };
}

/** Coverage of worlds by the features read off them, of what the domains admit. */
export function coverageOf(rows: readonly Features[], domains: Domains): Coverage {
  return { worlds: rows.length, pairs: metOf(2, rows, domains), triples: metOf(3, rows, domains) };
}

function lineOf(what: string, { feasible, met, missing }: Met): string[] {
  const share = feasible === 0 ? 100 : Math.floor((10_000 * met) / feasible) / 100;
  return [
    `${what}: ${met} of ${feasible} that can be (${share} %)`,
    ...missing.map((name) => `  none has ${name}`),
    ...(feasible - met > missing.length ? [`  and ${feasible - met - missing.length} more`] : []),
  ];
}

/** Lines for people; rounded down, so that 100 % is all. */
export function coverageText({ worlds, pairs, triples }: Coverage): string {
  return [`${worlds} worlds`, ...lineOf("pairs of features", pairs), ...lineOf("triples of features", triples)].join(
    "\n",
  );
}
