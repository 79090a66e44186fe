/** When a refusal shows section access at work, and not a licence, a rule or a dead key (docs/decisions/002-proof-pairs.md). */
import type { Ask, Case, Outcome, Principal, Probe, Verdict } from "../contract/types.ts";
import { engineDenials } from "./compare.ts";
import { headOf } from "./judge.ts";

type Open = Extract<Probe, { kind: "open" }>;
type Opened = { readonly ask: Ask; readonly probe: Open };

function fullName({ directory, id }: Principal): string {
  return `${directory}\\${id}`.toLowerCase();
}

function samePrincipal(left: Principal, right: Principal): boolean {
  return fullName(left) === fullName(right);
}

function opened(of: Case, at: string, outcomes: ReadonlyMap<string, Outcome>): readonly Opened[] {
  return of.asks.flatMap((ask) => {
    const kind = outcomes.get(ask.id)?.kind;
    const shown = kind === "view" || kind === "measure";
    return ask.probe.kind === "open" && shown && (ask.at ?? "main") === at ? [{ ask, probe: ask.probe }] : [];
  });
}

/** What a refusal lacks to count as one by section access; undefined when it counts. */
export function lackingControl(of: Case, ask: Ask, outcomes: ReadonlyMap<string, Outcome>): string | undefined {
  const { probe } = ask;
  const observed = outcomes.get(ask.id);
  if (probe.kind !== "open" || observed?.kind !== "refused") return undefined;
  if (observed.by !== "engine" || !engineDenials.has(observed.code)) return "the engine was not the one who refused";
  const views = opened(of, ask.at ?? "main", outcomes);
  if (!views.some((view) => view.probe.app !== probe.app && samePrincipal(view.probe.as, probe.as))) {
    return `no other app of the site was opened as ${probe.as.directory}\\${probe.as.id}`;
  }
  if (!views.some((view) => view.probe.app === probe.app && !samePrincipal(view.probe.as, probe.as))) {
    return "nobody else opened the app";
  }
  return undefined;
}

/** Whether the ask expects that the engine refuses an open. */
function expectsRefusal(ask: Ask): boolean {
  const { expected } = ask;
  return (
    ask.probe.kind === "open" &&
    expected.kind === "known" &&
    expected.outcome.kind === "refused" &&
    expected.outcome.by === "engine"
  );
}

/**
 * A passing refusal without its controls becomes inconclusive. Generated and shrunk cases are left alone: they prove
 * nothing, so their refusals cannot turn anything green.
 */
export function withControls(verdict: Verdict, of: Case, ask: Ask, outcomes: ReadonlyMap<string, Outcome>): Verdict {
  const passed = verdict.result === "pass" || verdict.result === "acceptable";
  const provesNothing = of.origin.kind === "generated" || of.origin.kind === "shrunk";
  if (!passed || provesNothing || !expectsRefusal(ask)) return verdict;
  const detail = lackingControl(of, ask, outcomes);
  return detail === undefined ? verdict : { ...headOf(of, ask), result: "inconclusive", code: "uncontrolled", detail };
}
