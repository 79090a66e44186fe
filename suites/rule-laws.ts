/** Laws of security rules as cases: a base site, changed sites beside it, and relations between what is decided on them. */
import { dialectOf, type Dialect } from "../catalogue/dialects.ts";
import type { Ask, Capability, Case, Reason } from "../contract/types.ts";
import { ruleLaws } from "../generators/rule-laws/index.ts";
import type { PosedRules, RuleLaw, RuleLawAsk, RuleScene } from "../generators/rule-laws/posing.ts";
import { randomRuleWorld } from "../generators/rules.ts";
import type { SuiteGroup } from "../harness/groups.ts";
import { isAskable, settled } from "./campaigns.ts";
import type { Place } from "./laws.ts";

const campaignPrefix = "rules/laws/";
const campaignVersion = 2;

/** Worlds looked through for one that a law speaks of. */
const patience = 200;

/** One case of a law for this many of a campaign's: a law needs fewer worlds than all rules. */
const casesPerLaw = 20;

function isSwitch(name: string, of: Dialect): name is keyof Dialect {
  return Object.hasOwn(of, name);
}

/** Whether the dialect reads rules so that this is a law. */
export function isRuleLawIn({ reading }: RuleLaw, dialect: Dialect): boolean {
  return Object.entries(reading).every(([name, value]) => isSwitch(name, dialect) && dialect[name] === value);
}

/** What others are compared with is expected to be itself: it can break nothing, and stands for no requirement. */
function askOf(law: RuleLaw, { id, at, probe, relation }: RuleLawAsk): Ask {
  const because = (relation === undefined ? [] : law.because).map((requirement): Reason => ({
    requirement,
    evidence: `law ${law.id}: ${law.says}`,
  }));
  const holds = relation ?? ({ holds: "equal", to: [id] } as const);
  return { id, at, probe, expected: { kind: "relation", ...holds, because }, proves: [] };
}

function needsOf({ sites, asks }: PosedRules): readonly Capability[] {
  const loads = Object.values(sites).some(({ apps }) => Object.keys(apps).length > 0);
  const decides = asks.some(({ probe }) => probe.kind === "decide");
  return ["deploy", ...(loads ? (["reload"] as const) : []), ...(decides ? (["audit"] as const) : [])];
}

/** The law put of a scene, whether or not its guard lets it speak; undefined where there is nothing to ask. */
export function unguardedRuleCase(law: RuleLaw, scene: RuleScene, { id, dialect, origin }: Place): Case | undefined {
  const posed = law.pose(scene);
  const [first, ...rest] = (posed?.asks ?? []).map((ask) => askOf(law, ask));
  if (posed === undefined || first === undefined) return undefined;
  return {
    id,
    title: `law ${law.id}: ${law.says}`,
    dialect,
    needs: needsOf(posed),
    sites: posed.sites,
    asks: [first, ...rest],
    origin,
  };
}

/** The law put of a scene; undefined where it does not speak of it. */
export function ruleLawCase(law: RuleLaw, scene: RuleScene, place: Place): Case | undefined {
  return law.guard(scene) ? unguardedRuleCase(law, scene, place) : undefined;
}

/** A scene of the campaign of which the law speaks; the same for the same numbers for ever. */
export function ruleScene(law: RuleLaw, seed: number, index: number): RuleScene | undefined {
  for (let attempt = 0; attempt < patience; attempt++) {
    const drawn = randomRuleWorld(seed, index * patience + attempt, law.worlds);
    const { site, questions } = settled(drawn.site, drawn.questions.filter(isAskable));
    const scenes = questions.map((question): RuleScene => ({ site, question }));
    const spoken = scenes.filter((scene) => law.guard(scene) && law.pose(scene) !== undefined);
    const scene = spoken[index % Math.max(1, spoken.length)];
    if (scene !== undefined) return scene;
  }
  return undefined;
}

function generatedCase(
  law: RuleLaw,
  { seed, index, dialect }: { seed: number; index: number; dialect: string },
): Case | undefined {
  const scene = ruleScene(law, seed, index);
  if (scene === undefined) return undefined;
  const campaign = `${campaignPrefix}${law.id}`;
  const origin = { kind: "generated", campaign, version: campaignVersion, seed, index } as const;
  return ruleLawCase(law, scene, { id: `${campaign}/${seed}/${index}`, dialect, origin });
}

/** The law a generated case was made of, and its scene; undefined for every other case. */
export function ruleLawOf({ origin }: Case): { readonly law: RuleLaw; readonly scene: RuleScene } | undefined {
  if (origin.kind !== "generated" || !origin.campaign.startsWith(campaignPrefix)) return undefined;
  const law = ruleLaws.find(({ id }) => `${campaignPrefix}${id}` === origin.campaign);
  const scene = law === undefined ? undefined : ruleScene(law, origin.seed, origin.index);
  return law === undefined || scene === undefined ? undefined : { law, scene };
}

function* generatedCases(law: RuleLaw, { seed, count, dialect }: Parameters<SuiteGroup["cases"]>[0]): Generator<Case> {
  for (let index = 0; index < Math.ceil(count / casesPerLaw); index++) {
    const made = generatedCase(law, { seed, index, dialect });
    if (made !== undefined) yield made;
  }
}

/** A group a law of the dialect. */
export function ruleLawGroups(dialect: string): readonly SuiteGroup[] {
  const read = dialectOf(dialect);
  return ruleLaws
    .filter((law) => isRuleLawIn(law, read))
    .map((law) => ({
      id: `${campaignPrefix}${law.id.replaceAll(" ", "-")}`,
      area: "rules",
      kind: "campaign",
      title: `laws of rules: ${law.id} ${law.says}`,
      cases: (selection) => generatedCases(law, selection),
    }));
}
