/** How a law of security rules is put as questions: changed sites beside the first one, and relations between the answers. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Probe, RequirementId, Site } from "../../contract/types.ts";
import type { Holds } from "../laws/posing.ts";
import type { RuleWorld, RuleWorldOptions } from "../rules.ts";

export type RuleQuestion = RuleWorld["questions"][number];

/** What a law speaks of: a site with rules, and one question about it. */
export interface RuleScene {
  readonly site: Site;
  readonly question: RuleQuestion;
}

export interface RuleLawAsk {
  readonly id: string;
  /** Name of the site it is put to. */
  readonly at: string;
  readonly probe: Extract<Probe, { kind: "decide" | "open" }>;
  /** What must hold towards other asks; absent where others are compared with this one. */
  readonly relation?: { readonly holds: Holds; readonly to: readonly string[] };
}

export interface PosedRules {
  readonly sites: { readonly main: Site; readonly [name: string]: Site };
  readonly asks: readonly RuleLawAsk[];
}

export interface RuleLaw {
  /** As the research names it: `R4`; a part of one with what it is about: `R4 each`. */
  readonly id: string;
  /** What must hold, in the third person. */
  readonly says: string;
  /** What speaks against whom when it does not hold. */
  readonly because: readonly RequirementId[];
  /** Readings without which it is no law. */
  readonly reading: Partial<Dialect>;
  /** Worlds in which its guard lets it speak more often. */
  readonly worlds: RuleWorldOptions;
  /** Why it needs its guard: what goes wrong without. */
  readonly guardedFor: string;
  readonly guard: (scene: RuleScene) => boolean;
  /** The questions; undefined where there is nothing to change. */
  readonly pose: (scene: RuleScene) => PosedRules | undefined;
}

/** What a law has that holds of every scene. */
export const everywhere: Pick<RuleLaw, "reading" | "worlds" | "guardedFor" | "guard"> = {
  reading: {},
  worlds: {},
  guardedFor: "",
  guard: () => true,
};

export function decideAt(at: string, id: string, question: RuleQuestion): RuleLawAsk {
  return { id, at, probe: { kind: "decide", ...question } };
}

function pair(
  { site, question }: RuleScene,
  changed: RuleScene,
): readonly [PosedRules["sites"], RuleLawAsk, RuleLawAsk] {
  const sites = { main: site, other: changed.site };
  return [sites, decideAt("main", "before", question), decideAt("other", "after", changed.question)];
}

function within(ask: RuleLawAsk, to: string): RuleLawAsk {
  return { ...ask, relation: { holds: "within", to: [to] } };
}

/** The changed site decides the same. Each is within the other, since broken rules may have other names there. */
export function alike(scene: RuleScene, changed: RuleScene): PosedRules {
  const [sites, before, after] = pair(scene, changed);
  return { sites, asks: [within(before, "after"), within(after, "before")] };
}

/** The changed site allows it where the first one does. */
export function noLess(scene: RuleScene, changed: RuleScene): PosedRules {
  const [sites, before, after] = pair(scene, changed);
  return { sites, asks: [{ ...before, relation: { holds: "within", to: ["after"] } }, after] };
}

/** The changed site allows it only where the first one does. */
export function noMore(scene: RuleScene, changed: RuleScene): PosedRules {
  const [sites, before, after] = pair(scene, changed);
  return { sites, asks: [before, { ...after, relation: { holds: "within", to: ["before"] } }] };
}

/** One of the two allows it, the other does not. */
export function unlike(scene: RuleScene, changed: RuleScene): PosedRules {
  const [sites, before, after] = pair(scene, changed);
  return { sites, asks: [before, { ...after, relation: { holds: "different", to: ["before"] } }] };
}
