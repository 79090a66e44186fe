/** Worlds of security rules: a site with rules, and questions about it; reproducible, shrinkable. */
import * as fc from "fast-check";
import { diceOf } from "./dice.ts";
import { entitiesOf, heldNesting, principalOf, visitor } from "./rules/drafts.ts";
import { drawSite } from "./rules/drawing.ts";
import { thingsOf } from "./rules/filters.ts";
import { makeFocal } from "./rules/focal.ts";
import { makeHostile } from "./rules/hostile.ts";
import { drawQuestions } from "./rules/questions.ts";
import { Scenery } from "./rules/reading.ts";
import { drawRules, ruleRow } from "./rules/rule-sets.ts";
import { defaultSettings, domainsOf, type RuleSettings } from "./rules/settings.ts";
import { featuresAt } from "./rules/steering.ts";
import type { DrawnRuleWorld } from "./rules/world.ts";

export type { DrawnRuleWorld, RuleWorld } from "./rules/world.ts";

/** Settings, or in short: most rules. */
export interface RuleWorldOptions extends Partial<RuleSettings> {
  readonly rules?: number;
}

function wholeSettings({ rules, ...given }: RuleWorldOptions): RuleSettings {
  const settings: RuleSettings = { ...defaultSettings, ...(rules === undefined ? {} : { mostRules: rules }), ...given };
  const { negation, negatedPrivileges } = settings;
  return { ...settings, negatedPrivileges: negation && negatedPrivileges };
}

const known = new Map<string, RuleSettings>();

/** One object for the same options: what is made for settings is made once. */
function settingsOf(options: RuleWorldOptions): RuleSettings {
  const key = Object.keys(options).length === 0 ? "" : JSON.stringify(options);
  const settings = known.get(key) ?? wholeSettings(options);
  known.set(key, settings);
  return settings;
}

/** The world at a position of a campaign: the same for the same seed, index and settings for ever. */
export function randomRuleWorld(seed: number, index: number, options: RuleWorldOptions = {}): DrawnRuleWorld {
  const settings = settingsOf(options);
  const dice = diceOf(seed, index);
  const features = featuresAt(index, domainsOf(settings));
  const draft = drawSite({ settings, dice });
  const focal = makeFocal(draft, features, dice);
  const entities = entitiesOf(draft);
  const principals = [...draft.people.map(principalOf), visitor];
  const scenery = new Scenery(entities);
  const rules = drawRules({ entities, things: thingsOf(entities), scenery, people: principals, settings, dice }, focal);
  const questions = drawQuestions({ site: draft, entities, people: principals, rules, settings, dice }, focal);
  const made: DrawnRuleWorld = {
    site: { apps: {}, entities: { ...entities, SystemRule: rules.map(ruleRow) } },
    questions,
    principals,
    nesting: heldNesting(draft),
    features,
    twists: [],
  };
  return settings.mode === "hostile" ? makeHostile(made, settings, dice) : made;
}

/** Fewer questions, fewer rules, fewer things, in that order; people stay, since things name them. */
function* smaller(world: DrawnRuleWorld): IterableIterator<DrawnRuleWorld> {
  const { site, questions } = world;
  if (questions.length > 1) for (const question of questions) yield { ...world, questions: [question] };
  for (const type of ["SystemRule", "ReloadTask", "DataConnection", "App.Object", "App", "Stream"]) {
    const all = site.entities[type] ?? [];
    for (const at of all.keys()) {
      const entities = { ...site.entities, [type]: all.filter((_, index) => index !== at) };
      yield { ...world, site: { ...site, entities } };
    }
  }
}

class RuleWorlds extends fc.Arbitrary<DrawnRuleWorld> {
  readonly options: RuleWorldOptions;

  constructor(options: RuleWorldOptions) {
    super();
    this.options = options;
  }

  override generate(random: fc.Random): fc.Value<DrawnRuleWorld> {
    const seed = random.nextInt(0, 0x7fff_ffff);
    return new fc.Value(randomRuleWorld(seed, random.nextInt(0, 0x7fff_ffff), this.options), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is DrawnRuleWorld {
    return typeof value === "object" && value !== null && "site" in value && "principals" in value;
  }

  override shrink(world: DrawnRuleWorld): fc.Stream<fc.Value<DrawnRuleWorld>> {
    return fc.stream(smaller(world)).map((less) => new fc.Value(less, undefined));
  }
}

/** Sites with one to eight rules over look-alike names, and questions put to them; shrinking in domain steps. */
export function ruleWorld(options: RuleWorldOptions = {}): fc.Arbitrary<DrawnRuleWorld> {
  return new RuleWorlds(options);
}
