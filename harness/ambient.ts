/** Open worlds: what is already on a target and stays may decide an ask before the case does (docs/decisions/002-proof-pairs.md). */
import type { Ask, Case, Expected, Site, Target, Verdict } from "../contract/types.ts";
import { withDeadline } from "./deadline.ts";
import { accepts, headOf } from "./judge.ts";
import { relationDifferences, type Answered } from "./relations.ts";

/** What is expected of an ask over case ∪ ambient; undefined where it cannot be told. Handed in: the harness knows no answer. */
type AmbientOracle = (of: Case, ambient: Site, ask: Ask) => Expected | undefined;

export interface Ambience {
  readonly site: Site;
  /** Absent: nothing can be verified against what is there, so every ask is inconclusive. */
  readonly oracle?: AmbientOracle;
}

/** What is there already and stays; undefined for a closed world or an empty one. */
export async function ambientOf(target: Target, ms: number): Promise<Site | undefined> {
  if (target.ambient === undefined) return undefined;
  const site = await withDeadline("reading what is there", ms, async (signal) => target.ambient?.(signal));
  const empty = site === undefined || Object.values(site.entities).every((entities) => entities.length === 0);
  return empty ? undefined : site;
}

/** The ask as it stands in this world, or the verdict it gets without being asked. */
export function underAmbience(of: Case, ask: Ask, ambience: Ambience | undefined): Ask | Verdict {
  if (ambience === undefined) return ask;
  const head = headOf(of, ask);
  if (ask.expected.kind === "relation")
    return upset(of, ask, ambience) ? { ...head, result: "inapplicable", missing: "ambient-decides" } : ask;
  const expected = ambience.oracle?.(of, ambience.site, ask);
  if (expected === undefined) {
    return {
      ...head,
      result: "inconclusive",
      code: "uncontrolled",
      detail: "what is on the site could not be verified",
    };
  }
  if (sameExpectation(ask.expected, expected)) return ask;
  return of.origin.kind === "golden"
    ? { ...head, result: "inapplicable", missing: "ambient-decides" }
    : { ...ask, expected };
}

/** What is there already may make a right site break a law that speaks of the case's rules alone. */
function upset(of: Case, ask: Ask, { site, oracle }: Ambience): boolean {
  const { expected } = ask;
  if (expected.kind !== "relation" || oracle === undefined) return false;
  const answered = (id: string): readonly Answered[] => {
    const one = of.asks.find((other) => other.id === id);
    const known = one === undefined ? undefined : oracle(of, site, one);
    return one !== undefined && known?.kind === "known" ? [{ ask: id, probe: one.probe, outcome: known.outcome }] : [];
  };
  const [self] = answered(ask.id);
  const others = expected.to.flatMap(answered);
  if (self === undefined || others.length < expected.to.length) return false;
  return relationDifferences(expected, self, others).length > 0;
}

function sameExpectation(written: Expected, computed: Expected): boolean {
  return computed.kind === "known" && accepts(written, computed.outcome) !== undefined;
}

export function isVerdict(of: Ask | Verdict): of is Verdict {
  return "result" in of;
}
