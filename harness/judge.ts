/** One ask, one outcome, one verdict (docs/decisions/002-proof-pairs.md). The judge knows no answer: what is expected stands in the ask. */
import { dialectOf } from "../catalogue/dialects.ts";
import type { Dialect } from "../catalogue/dialects.ts";
import type {
  Ask,
  Case,
  Capability,
  Expected,
  Outcome,
  Requirement,
  RequirementId,
  Verdict,
} from "../contract/types.ts";
import { matches, differences, differenceLine } from "./compare.ts";
import type { Difference } from "./compare-views.ts";
import { relationDifferences, type Answered } from "./relations.ts";
import { redact, redactJson } from "./redact.ts";
import { canonical } from "./values.ts";

/** What the judge must know of the run. */
export interface Bench {
  /** Name of the target; on `qlik` a staff-level mismatch is a deviation, not a failure, unless `strict`. */
  readonly target: string;
  /** Dialect the target declares; it is then judged on disputed readings too. */
  readonly declared?: string;
  readonly strict: boolean;
  readonly requirement: (id: string) => Requirement | undefined;
}

/** What is asked to be judged: an ask of a case, what was observed, and what its siblings saw. */
export interface Plea {
  readonly case: Case;
  readonly ask: Ask;
  readonly observed: Outcome;
  /** Outcomes of the asks of the same case, by ask id. */
  readonly siblings: ReadonlyMap<string, Outcome>;
}

interface Head {
  readonly case: string;
  readonly ask: string;
  readonly requirements: readonly RequirementId[];
}

/** What an ask names: what it proves, or, where it proves nothing, what its expectation rests on. */
function namedBy(ask: Ask): readonly RequirementId[] {
  return ask.proves.length > 0 ? ask.proves : [...new Set(ask.expected.because.map(({ requirement }) => requirement))];
}

export function headOf(of: { readonly id: string }, ask: Ask): Head {
  return { case: of.id, ask: ask.id, requirements: namedBy(ask) };
}

/** Capabilities an ask needs beyond those its case names: the surface it looks through. */
export function missingCapability(of: Case, ask: Ask, has: readonly Capability[]): Capability | undefined {
  const surface: readonly Capability[] = ask.probe.kind === "open" ? [`surface:${ask.probe.through}`] : [];
  return [...of.needs, ...surface].find((need) => !has.includes(need));
}

/** The first undetermined outcome, also inside a transcript. */
function undeterminedIn(outcome: Outcome): Extract<Outcome, { kind: "undetermined" }> | undefined {
  if (outcome.kind === "undetermined") return outcome;
  if (outcome.kind !== "transcript") return undefined;
  return outcome.of.map(undeterminedIn).find((found) => found !== undefined);
}

/** Whether an expectation accepts an outcome, in the documented way or in another acceptable one. */
export function accepts(expected: Expected, observed: Outcome): "pass" | "acceptable" | undefined {
  if (expected.kind === "relation") return undefined;
  if (matches(expected.outcome, observed)) return "pass";
  return expected.alsoAcceptable?.some((other) => matches(other, observed)) === true ? "acceptable" : undefined;
}

export function judge(plea: Plea, bench: Bench): Verdict {
  const { ask, observed } = plea;
  const head = headOf(plea.case, ask);
  const unknown = [...ask.proves, ...ask.expected.because.map(({ requirement }) => requirement)].find(
    (id) => bench.requirement(id) === undefined,
  );
  if (unknown !== undefined) return { ...head, result: "harness-error", detail: `the catalogue has no ${unknown}` };
  const missing = undeterminedIn(observed);
  if (missing !== undefined) return { ...head, result: "inconclusive", code: missing.code, detail: missing.detail };
  return ask.expected.kind === "known"
    ? judgeKnown(plea, ask.expected, bench)
    : judgeRelation(plea, ask.expected, bench);
}

function judgeKnown(plea: Plea, expected: Extract<Expected, { kind: "known" }>, bench: Bench): Verdict {
  const result = accepts(expected, plea.observed);
  if (result !== undefined) return { ...headOf(plea.case, plea.ask), result };
  return mismatch(plea, [...differences(expected.outcome, plea.observed)], bench);
}

function judgeRelation(plea: Plea, expected: Extract<Expected, { kind: "relation" }>, bench: Bench): Verdict {
  const head = headOf(plea.case, plea.ask);
  const others: Answered[] = [];
  for (const id of expected.to) {
    const outcome = plea.siblings.get(id);
    const sibling = plea.case.asks.find((ask) => ask.id === id);
    if (sibling === undefined) return { ...head, result: "harness-error", detail: `the case has no ask ${id}` };
    const lost = outcome === undefined ? lostSibling(id) : undeterminedIn(outcome);
    if (lost !== undefined)
      return { ...head, result: "inconclusive", code: lost.code, detail: `${id}: ${lost.detail}` };
    if (outcome !== undefined) others.push({ ask: id, probe: sibling.probe, outcome });
  }
  if (others.length === 0) return { ...head, result: "harness-error", detail: "the relation names no other ask" };
  const self = { ask: plea.ask.id, probe: plea.ask.probe, outcome: plea.observed };
  const found = relationDifferences(expected, self, others);
  return found.length === 0 ? { ...head, result: "pass" } : mismatch(plea, found, bench);
}

function lostSibling(id: string): Extract<Outcome, { kind: "undetermined" }> {
  return { kind: "undetermined", code: "not-found", detail: `${id} was not asked` };
}

function mismatch(plea: Plea, found: readonly Difference[], bench: Bench): Verdict {
  const { ask, observed } = plea;
  const grounds =
    ask.expected.because.length > 0 ? ask.expected.because.map((reason) => reason.requirement) : ask.proves;
  const fails = grounds.every((id) => binds(bench.requirement(id), plea.case.dialect, bench));
  return {
    ...headOf(plea.case, ask),
    result: fails ? "fail" : "observed",
    expected: ask.expected,
    observed: redactJson(canonical(observed)),
    difference: redact(differenceLine(found)),
  };
}

/**
 * Whether a mismatch on this requirement counts as a failure on this target. Generated expectations of section access mostly
 * rest on what is only inferred, and so disputed, beside what is documented: letter case of identities (SA-SYS-08), rows that
 * add up (SA-ROW-05), two reducing fields at once (SA-PRP-08), duplicates kept (SA-PRP-10). They fail a target that declares
 * its dialect, as the mock does; on any other the same mismatch is observed, and golden cases on documented grounds decide.
 */
function binds(row: Requirement | undefined, dialect: string, bench: Bench): boolean {
  if (row === undefined) return true;
  if (bench.declared !== undefined && !sameReading(row, dialect, bench.declared)) return false;
  switch (row.level) {
    case "core":
      return true;
    case "staff":
      return bench.strict || bench.target !== "qlik";
    case "disputed":
      return bench.declared !== undefined;
  }
}

function isSwitch(name: string, of: Dialect): name is keyof Dialect {
  return Object.hasOwn(of, name);
}

/** Whether the case's dialect and the declared one read this requirement alike. */
function sameReading(row: Requirement, written: string, declared: string): boolean {
  if (written === declared) return true;
  const [left, right] = [dialectOf(written), dialectOf(declared)];
  const name = row.dialectSwitch;
  if (name === undefined || !isSwitch(name, left)) return row.level !== "disputed";
  return left[name] === right[name];
}
