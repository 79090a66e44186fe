/**
 * Rule sets as broken exports hold them. Each twist is about a statement: what cannot be read grants nothing and does not
 * disturb the others (SR-110), what is unknown matches nothing, and what is huge is read all the same.
 */
import type { Entity, Json, RequirementId, Site } from "../../contract/types.ts";
import type { Dice } from "../dice.ts";
import { thingId } from "../rule-vocabulary.ts";
import {
  beyond,
  catastrophic,
  deep,
  huge,
  misspelt,
  oddFields,
  oddNames,
  oddTexts,
  unknownFunctions,
} from "./malformed.ts";
import type { RuleSettings, TwistName } from "./settings.ts";
import type { DrawnRuleWorld } from "./world.ts";

type Change = (world: DrawnRuleWorld, dice: Dice) => DrawnRuleWorld;

export interface RuleTwist {
  readonly name: TwistName;
  readonly requirement: RequirementId;
  readonly about: string;
  /** A file with it is refused with its place; the evaluators answer all the same. */
  readonly refused?: true;
  readonly change: Change;
}

function withEntities(world: DrawnRuleWorld, entities: Site["entities"]): DrawnRuleWorld {
  return { ...world, site: { ...world.site, entities: { ...world.site.entities, ...entities } } };
}

function rulesOf({ site }: DrawnRuleWorld): readonly Entity[] {
  return site.entities["SystemRule"] ?? [];
}

function withRules(world: DrawnRuleWorld, rules: readonly Entity[]): DrawnRuleWorld {
  return withEntities(world, { SystemRule: rules });
}

/** One rule of the site, changed. */
function inRule(change: (rule: Entity, dice: Dice) => Entity): Change {
  return (world, dice) => {
    const rules = rulesOf(world);
    const chosen = dice.below(rules.length);
    return withRules(
      world,
      rules.map((rule, at) => (at === chosen ? change(rule, dice) : rule)),
    );
  };
}

function withField(field: string, values: readonly [Json, ...Json[]]): Change {
  return inRule((rule, dice) => ({ ...rule, id: rule.id, [field]: dice.pick(values) }));
}

/** Rules beside those of the site, for everything of every type. */
function besides(conditions: readonly (readonly [mask: number, condition: string])[]): Change {
  return (world) => {
    const rules = rulesOf(world);
    const added = conditions.map(([actions, rule], at): Entity => ({
      id: thingId("SystemRule", 200 + at),
      name: `Twisted ${at + 1}`,
      type: "Custom",
      category: "Security",
      resourceFilter: "Stream_*, App*",
      actions,
      rule,
      ruleContext: 0,
      disabled: false,
    }));
    return withRules(world, [...rules, ...added]);
  };
}

const manyLetters = "a".repeat(60);

/** Everybody who asks is in a group a pattern of which would be tried for long. */
function withLongGroups(world: DrawnRuleWorld): DrawnRuleWorld {
  const questions = world.questions.map((question) => ({
    ...question,
    as: { ...question.as, groups: [...question.as.groups, manyLetters] },
  }));
  return { ...world, questions };
}

function renamedThings(world: DrawnRuleWorld, dice: Dice): DrawnRuleWorld {
  const renamed = ["Stream", "App"].map((type) => [
    type,
    (world.site.entities[type] ?? []).map((entity) => ({ ...entity, id: entity.id, name: dice.pick(oddNames) })),
  ]);
  return withEntities(world, Object.fromEntries(renamed) as Site["entities"]);
}

const lost = "0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f";

/** References to streams, apps and owners that the site does not hold. */
function dangling(world: DrawnRuleWorld, dice: Dice): DrawnRuleWorld {
  const cut = (entity: Entity): Entity => {
    if (dice.chance(0.5)) return entity;
    const lostIn = (name: string): { [field: string]: Json } =>
      entity[name] === undefined || entity[name] === null ? {} : { [name]: { id: lost, name: "Sales" } };
    return { ...entity, id: entity.id, ...lostIn("stream"), ...lostIn("app"), ...lostIn("owner") };
  };
  const types = ["App", "App.Object", "ReloadTask"].map((type) => [type, (world.site.entities[type] ?? []).map(cut)]);
  return withEntities(world, Object.fromEntries(types) as Site["entities"]);
}

export const ruleTwists: readonly RuleTwist[] = [
  {
    name: "broken condition",
    requirement: "SR-110",
    about: "a condition that cannot be read: quotes, words in capitals, operators there are not",
    change: withField("rule", misspelt),
  },
  {
    name: "unknown type",
    requirement: "SR-212",
    about: "a filter of types there are not",
    change: withField("resourceFilter", ["Nosuch_*", "App.Sheet_*, Sheet_*", "Bookmark*", "app_*"]),
  },
  {
    name: "unknown function",
    requirement: "SR-480",
    about: "a function there is not, or one without its parentheses",
    change: withField("rule", unknownFunctions),
  },
  {
    name: "huge condition",
    requirement: "SR-109",
    about: "a condition of four hundred terms",
    change: inRule((rule) => ({ ...rule, rule: huge() })),
  },
  {
    name: "deep parentheses",
    requirement: "SR-302",
    about: "parentheses within parentheses, sixty or six thousand deep",
    change: withField("rule", [deep(60), deep(6000), `${"!".repeat(61)}(user.group = "Sales")`, "(".repeat(500)]),
  },
  {
    name: "odd letters",
    requirement: "SR-321",
    about: "letters that grow when their case changes, marks, blanks that are none, in conditions and in names",
    change: (world, dice) => renamedThings(withField("rule", oddTexts)(world, dice), dice),
  },
  {
    name: "catastrophic pattern",
    requirement: "SR-328",
    about: "a pattern that a backtracking engine would try for ever",
    change: (world, dice) =>
      withLongGroups(
        inRule((rule, at) => ({ ...rule, rule: `user.group matches "${at.pick(catastrophic)}"` }))(world, dice),
      ),
  },
  {
    name: "pattern beyond the language",
    requirement: "SR-328",
    about: "a pattern that looks around, refers back or cannot be read",
    change: inRule((rule, dice) => ({ ...rule, rule: `user.group matches "${dice.pick(beyond)}"` })),
  },
  {
    name: "mask beyond 8191",
    requirement: "SR-236",
    about: "bits of actions that there are not",
    change: withField("actions", [8192, 16_383, 65_535, 2_147_483_647, -1, 4_294_967_298, 2.5]),
  },
  { name: "no actions", requirement: "SR-232", about: "a rule without actions", change: withField("actions", [0]) },
  {
    name: "filter with blanks",
    requirement: "SR-201",
    about: "blanks and tabs around the items of a filter",
    change: withField("resourceFilter", [" App_* ,  Stream_* ", "App_*,\tStream_*", "App_*\r\n,Stream_*", "Stream_* "]),
  },
  {
    name: "broken filter",
    requirement: "SR-206",
    about: "a filter that cannot be read",
    change: withField("resourceFilter", ["App*_*", "", "_*", "App_*,,Stream_*", "App_*,", "App_* or Stream_*", "App"]),
  },
  {
    name: "cyclic privilege",
    requirement: "SR-473",
    about: "HasPrivilege that asks, over one rule or two, for what it is to give",
    change: (world, dice) =>
      besides(
        dice.chance(0.5)
          ? [[2, 'resource.HasPrivilege("read")']]
          : [
              [2, 'resource.HasPrivilege("update")'],
              [4, 'resource.HasPrivilege("read") or user.group = "Sales"'],
            ],
      )(world, dice),
  },
  {
    name: "negated cycle",
    requirement: "SR-473",
    about: "the same under `!`: broken",
    change: (world, dice) =>
      besides(
        dice.chance(0.5)
          ? [[2, '!resource.HasPrivilege("read")']]
          : [
              [2, '!resource.HasPrivilege("update")'],
              [4, 'resource.HasPrivilege("read")'],
            ],
      )(world, dice),
  },
  {
    name: "unknown action",
    requirement: "SR-238",
    about: "HasPrivilege of an action there is not",
    change: withField("rule", [
      'resource.HasPrivilege("raed")',
      'resource.HasPrivilege("")',
      "resource.HasPrivilege()",
    ]),
  },
  {
    name: "repeated rule",
    requirement: "SR-902",
    about: "a rule that stands twice under one id",
    refused: true,
    change: (world, dice) => {
      const rules = rulesOf(world);
      const again = rules[dice.below(rules.length)];
      return again === undefined ? world : withRules(world, [...rules, again]);
    },
  },
  {
    name: "dangling reference",
    requirement: "SR-422",
    about: "streams, apps and owners that the site does not hold",
    change: dangling,
  },
  {
    name: "odd row",
    requirement: "SR-133",
    about: "a rule with a field that is null, or of another kind",
    change: inRule((rule, dice) => ({ ...rule, ...dice.pick(oddFields), id: rule.id })),
  },
];

/** A world with a number of twists, and their names. */
export function makeHostile(world: DrawnRuleWorld, settings: RuleSettings, dice: Dice): DrawnRuleWorld {
  const admitted = ruleTwists.filter(({ name }) => settings.twists.includes(name));
  const chosen = dice.some(admitted, 1 + dice.below(settings.mostTwists));
  const made = chosen.reduce((so, { change }) => change(so, dice), world);
  return { ...made, twists: chosen.map(({ name }) => name) };
}
