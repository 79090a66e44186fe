/** Adds up what the cases of a group gave, in memory that does not grow with the cases that passed. */
import { createHash } from "node:crypto";
import type { CaseSummary, DecisionMatrix, ReductionPicture } from "../contract/run.ts";
import type { Ask, Case, Outcome, RequirementId, Verdict } from "../contract/types.ts";
import { blamed } from "./blame.ts";
import { differences } from "./compare.ts";
import type { DifferenceCode } from "./compare-views.ts";
import { findingKey } from "./fingerprint.ts";
import type { Counts, Failure, GroupResult, SuiteGroup } from "./groups.ts";
import { contrastOf, mayProve, proofPairs, type ProofPair } from "./pairs.ts";
import { isPass, matrixOf, picturesOf, type ContentsOf } from "./pictures.ts";
import type { CaseResult } from "./play-case.ts";
import { summaryOf } from "./summaries.ts";
import { byText, canonical, sortedRecord } from "./values.ts";

export interface LedgerOptions {
  /** Cases up to which every summary is kept; above, only those with something else than passes. Default 500. */
  readonly keep?: number;
  readonly contents?: ContentsOf;
}

export interface Ledger {
  add(result: CaseResult): void;
  /** The failures so far, one a key. */
  failures(): readonly Failure[];
  close(minimal: ReadonlyMap<string, Case>): GroupResult;
}

const defaultKeep = 500;
const mostTroubled = 1000;
const mostPictures = 12;

type Tally = { [result in Verdict["result"]]?: number };

function count(tally: Tally, result: Verdict["result"]): void {
  tally[result] = (tally[result] ?? 0) + 1;
}

function uncount(tally: Tally, result: Verdict["result"]): void {
  const left = (tally[result] ?? 0) - 1;
  if (left > 0) tally[result] = left;
  else delete tally[result];
}

function failureOf(of: Case, ask: Ask, verdict: Verdict): Failure | undefined {
  if (verdict.result !== "fail" && verdict.result !== "observed") return undefined;
  const { expected, observed } = verdict;
  const codes: readonly DifferenceCode[] =
    expected.kind === "known" ? [...differences(expected.outcome, observed)].map(({ code }) => code) : ["relation"];
  const first = verdict.requirements.toSorted(byText)[0];
  if (first === undefined) return undefined;
  const key = findingKey(first, ask.probe, codes);
  const { result, requirements, difference } = verdict;
  return { key, result, case: of, ask: ask.id, requirements, probe: ask.probe, expected, observed, difference, codes };
}

/** A failure shows best in a case written by hand, then in the smallest. */
function weight({ result, case: of }: Failure): number {
  return (result === "fail" ? 0 : 1e9) + (of.origin.kind === "golden" ? 0 : 1e8) + JSON.stringify(of).length;
}

function showsBetter(one: Failure, other: Failure): boolean {
  const difference = weight(one) - weight(other);
  return difference < 0 || (difference === 0 && byText(one.case.id, other.case.id) < 0);
}

/** What the answers were, so that agreement can be seen not to be mostly denials; full is the widest view of an app. */
function spreadOf({ case: of, outcomes }: CaseResult): readonly string[] {
  const widest = new Map<string, number>();
  const answers = of.asks.flatMap(({ id, probe }) => {
    const outcome = outcomes.get(id);
    if (outcome === undefined) return [];
    const app = probe.kind === "open" ? probe.app : "";
    widest.set(app, Math.max(widest.get(app) ?? 0, cellsOf(outcome)));
    return [{ outcome, app }];
  });
  return answers.map(({ outcome, app }) => {
    if (outcome.kind === "view") return cellsOf(outcome) < (widest.get(app) ?? 0) ? "reduced" : "full";
    if (outcome.kind === "decision") return outcome.allowed ? "allowed" : "denied";
    return outcome.kind;
  });
}

function cellsOf(outcome: Outcome): number {
  if (outcome.kind !== "view") return 0;
  return (
    outcome.fields.length + outcome.tables.reduce((sum, table) => sum + table.rows.length * table.fields.length, 0)
  );
}

/** A mismatch of a computed case, kept until the whole group tells whom to blame. */
interface Pending {
  readonly masked: boolean;
  readonly case: Case;
  readonly ask: Ask;
  readonly verdict: Verdict;
}

interface Book {
  cases: number;
  asks: number;
  readonly counts: Tally;
  readonly named: Map<RequirementId, Tally>;
  readonly doubts: Map<RequirementId, string>;
  readonly pairs: ProofPair[];
  readonly paired: Set<RequirementId>;
  readonly failures: Map<string, Failure>;
  readonly pending: Pending[];
  readonly passed: CaseSummary[];
  readonly troubled: CaseSummary[];
  readonly matrices: DecisionMatrix[];
  readonly pictures: ReductionPicture[];
  readonly spread: { [name: string]: number };
}

function emptyBook(): Book {
  return {
    cases: 0,
    asks: 0,
    counts: {},
    named: new Map(),
    doubts: new Map(),
    pairs: [],
    paired: new Set(),
    failures: new Map(),
    pending: [],
    passed: [],
    troubled: [],
    matrices: [],
    pictures: [],
    spread: {},
  };
}

function bookVerdict(book: Book, verdict: Verdict, named: readonly RequirementId[]): void {
  book.asks += 1;
  count(book.counts, verdict.result);
  for (const id of named) {
    const tally = book.named.get(id) ?? {};
    count(tally, verdict.result);
    book.named.set(id, tally);
    if (verdict.result === "inconclusive" || verdict.result === "harness-error") {
      const detail = verdict.result === "inconclusive" ? `${verdict.code}: ${verdict.detail}` : verdict.detail;
      if (!book.doubts.has(id)) book.doubts.set(id, detail);
    }
  }
}

function bookProofs(book: Book, result: CaseResult): void {
  if (!mayProve(result.case)) return;
  const verdicts = new Map(result.verdicts.map((verdict) => [verdict.ask, verdict]));
  book.pairs.push(...proofPairs(result.case, verdicts));
  for (const ask of result.case.asks) {
    if (contrastOf(result.case, ask) !== undefined) for (const id of ask.proves) book.paired.add(id);
  }
}

function isMismatch(verdict: Verdict): boolean {
  return verdict.result === "fail" || verdict.result === "observed";
}

/** Its expectations come from the oracle, and each rests on many requirements. */
function isComputed({ origin }: Case): boolean {
  return origin.kind === "generated" || origin.kind === "site";
}

function bookFailures(book: Book, result: CaseResult): void {
  for (const [index, verdict] of result.verdicts.entries()) {
    const ask = result.case.asks[index];
    if (ask === undefined || !isMismatch(verdict)) continue;
    if (isComputed(result.case)) book.pending.push({ masked: result.masked === true, case: result.case, ask, verdict });
    else bookFailure(book, { masked: false, case: result.case, ask, verdict });
  }
}

function bookFailure(book: Book, { masked, case: of, ask, verdict }: Pending): void {
  const found = failureOf(of, ask, verdict);
  const failure: Failure | undefined = masked && found !== undefined ? { ...found, masked } : found;
  const known = failure === undefined ? undefined : book.failures.get(failure.key);
  if (failure !== undefined && (known === undefined || showsBetter(failure, known))) {
    book.failures.set(failure.key, failure);
  }
}

/** Hands the mismatches of generated cases to those to blame, and takes them off the others' tallies. */
function settle(book: Book): void {
  const pending = book.pending.splice(0);
  const blame = blamed(
    pending.map(({ verdict }) => verdict.requirements),
    book.named,
  );
  for (const [at, one] of pending.entries()) {
    const requirements = blame[at] ?? [];
    for (const id of one.verdict.requirements) {
      const tally = book.named.get(id);
      if (tally !== undefined && !requirements.includes(id)) uncount(tally, one.verdict.result);
    }
    bookFailure(book, { ...one, verdict: { ...one.verdict, requirements } });
  }
}

function bookPictures(book: Book, result: CaseResult, contents: ContentsOf | undefined): void {
  if (!mayProve(result.case)) return;
  const matrix = matrixOf(result);
  if (matrix !== undefined && book.matrices.length < mostPictures) book.matrices.push(matrix);
  const pictures = picturesOf(result, contents);
  book.pictures.push(...pictures.slice(0, Math.max(0, mostPictures - book.pictures.length)));
}

/** Opens the ledger of a group. */
export function ledgerOf(group: SuiteGroup, options: LedgerOptions): Ledger {
  const book = emptyBook();
  const digest = createHash("sha256");
  const keep = options.keep ?? defaultKeep;
  return {
    add(result) {
      book.cases += 1;
      // A control speaks of its area, not of the requirements its expectations rest on.
      const speaks = group.kind === "cases" || group.kind === "campaign";
      for (const verdict of result.verdicts) bookVerdict(book, verdict, speaks ? verdict.requirements : []);
      for (const name of spreadOf(result)) book.spread[name] = (book.spread[name] ?? 0) + 1;
      bookProofs(book, result);
      bookFailures(book, result);
      if (speaks) bookPictures(book, result, options.contents);
      if (!result.verdicts.every(isPass)) {
        if (book.troubled.length < mostTroubled) book.troubled.push(summaryOf(group.id, result));
      } else if (book.cases <= keep) book.passed.push(summaryOf(group.id, result));
      digest.update(
        JSON.stringify([result.case, [...result.outcomes].map(([ask, outcome]) => [ask, canonical(outcome)])]),
      );
      digest.update(result.verdicts.map((verdict) => verdict.result).join());
    },
    failures: () => {
      settle(book);
      return [...book.failures.values()];
    },
    close: (minimal) => {
      settle(book);
      return closed(group, book, digest.digest("hex"), { keep, minimal });
    },
  };
}

function closed(
  group: SuiteGroup,
  book: Book,
  hash: string,
  how: { readonly keep: number; readonly minimal: ReadonlyMap<string, Case> },
): GroupResult {
  const failures = [...book.failures.values()].toSorted((left, right) => byText(left.key, right.key));
  return {
    group: group.id,
    area: group.area,
    kind: group.kind,
    title: group.title,
    cases: book.cases,
    asks: book.asks,
    counts: book.counts,
    named: sortedRecord<Counts>(Object.fromEntries(book.named)),
    pairs: book.pairs,
    paired: [...book.paired].toSorted(byText),
    doubts: sortedRecord(Object.fromEntries(book.doubts)),
    failures: failures.map((failure) => withMinimal(failure, how.minimal.get(failure.key))),
    summaries: [...(book.cases > how.keep ? [] : book.passed), ...book.troubled],
    matrices: book.matrices,
    pictures: book.pictures,
    hash,
    ...(group.kind === "campaign" ? { campaign: campaignOf(group, book, hash) } : {}),
  };
}

function withMinimal(failure: Failure, minimal: Case | undefined): Failure {
  return minimal === undefined ? failure : Object.assign({}, failure, { minimal });
}

function campaignOf(group: SuiteGroup, book: Book, hash: string): NonNullable<GroupResult["campaign"]> {
  const spread = sortedRecord(book.spread);
  return { campaign: group.id, area: group.area, cases: book.cases, asks: book.asks, spread, hash };
}
