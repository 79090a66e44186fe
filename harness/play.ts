/** Plays a group on a target: the one way from a list of cases to a result, for Playwright and in-process runs alike. */
import type { Case, Target } from "../contract/types.ts";
import { headOf } from "./judge.ts";
import type { Failure, GroupResult, Selection, SuiteGroup } from "./groups.ts";
import { ledgerOf, type Ledger, type LedgerOptions } from "./ledger.ts";
import { playCase, type CaseOptions, type CaseResult } from "./play-case.ts";
import { maskCase } from "./people.ts";
import { chargeOf } from "./ask.ts";

export interface PlayOptions extends CaseOptions, LedgerOptions {
  readonly selection: Selection;
  /** Shows personal names and data of the user's own site; default false. */
  readonly reveal?: boolean;
  /** Cases in a row that may hang before the rest of the group is given up; default 3. */
  readonly patience?: number;
  /** Finds a smaller case that should still fail; what it gives is confirmed on the target before it is reported. */
  readonly minimise?: (of: Case, ask: string) => Promise<Case | undefined>;
  /** Told after each case; for progress. */
  readonly onCase?: (result: CaseResult) => void;
}

const defaultPatience = 3;
const mostMinimised = 10;

/** Plays every case of the group. Never rejects because of a target; a group without cases gives an empty result. */
export async function playGroup(group: SuiteGroup, target: Target, options: PlayOptions): Promise<GroupResult> {
  const ledger = ledgerOf(group, options);
  try {
    await playCases(group, target, { options, ledger });
  } catch (error) {
    ledger.add(brokenGroup(group, error));
  }
  return ledger.close(await minimals(ledger.failures(), target, options));
}

async function playCases(
  group: SuiteGroup,
  target: Target,
  { options, ledger }: { readonly options: PlayOptions; readonly ledger: Ledger },
): Promise<void> {
  const patience = options.patience ?? defaultPatience;
  let hanging = 0;
  for await (const of of group.cases(options.selection)) {
    const result = hanging >= patience ? notPlayed(of) : await playCase(of, target, options);
    if (hanging < patience) hanging = result.hung ? hanging + 1 : 0;
    options.onCase?.(result);
    ledger.add(options.reveal === true ? result : maskCase(result));
  }
}

function notPlayed(of: Case): CaseResult {
  const detail = "not asked: the target let one deadline after another pass";
  const verdicts = of.asks.map((ask) =>
    Object.assign(headOf(of, ask), { result: "inconclusive", code: "budget-spent", detail } as const),
  );
  return { case: of, verdicts, outcomes: new Map(), hung: true };
}

/** A generator or a case file that throws is our fault, and is told as one case that could not be played. */
function brokenGroup(group: SuiteGroup, error: unknown): CaseResult {
  const charge = chargeOf(error);
  const detail = `the cases could not be made: ${"detail" in charge ? charge.detail : charge.kind}`;
  const requirements = group.requirement === undefined ? [] : [group.requirement];
  const ask = {
    id: "cases",
    probe: { kind: "converse", steps: [] },
    expected: { kind: "relation", to: [], holds: "equal", because: [] },
    proves: requirements,
  } as const;
  const of: Case = {
    id: `${group.id}/cases`,
    title: group.title,
    dialect: "documented",
    needs: [],
    sites: { main: { entities: {}, apps: {} } },
    asks: [ask],
    origin: { kind: "site" },
  };
  const verdict = { case: of.id, ask: ask.id, requirements, result: "harness-error", detail } as const;
  return { case: of, verdicts: [verdict], outcomes: new Map(), hung: false };
}

async function minimals(
  failures: readonly Failure[],
  target: Target,
  options: PlayOptions,
): Promise<ReadonlyMap<string, Case>> {
  const found = new Map<string, Case>();
  const { minimise } = options;
  if (minimise === undefined) return found;
  const candidates = failures.filter((failure) => failure.case.origin.kind !== "site" || options.reveal === true);
  for (const failure of candidates.toSorted((a, b) => (a.key < b.key ? -1 : 1)).slice(0, mostMinimised)) {
    const smaller = await minimise(failure.case, failure.ask).catch(() => undefined);
    if (smaller !== undefined && (await stillFails(smaller, failure, target, options))) found.set(failure.key, smaller);
  }
  return found;
}

async function stillFails(of: Case, failure: Failure, target: Target, options: PlayOptions): Promise<boolean> {
  const { verdicts } = await playCase(of, target, options);
  return verdicts.some(({ ask, result }) => ask === failure.ask && result === failure.result);
}
