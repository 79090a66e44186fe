/** Worlds of security rules: a site with rules, and questions about it. */
import * as fc from "fast-check";
import type { Entity, Principal, RequestContext, ResourceRef, Site } from "../contract/types.ts";
import { conditionText, type ConditionTraits } from "./rule-conditions.ts";
import { entityOf, furnished, type Furnished } from "./rule-site.ts";
import { sectionNames, thingId } from "./rule-vocabulary.ts";

export interface RuleWorld {
  readonly site: Site;
  readonly questions: readonly {
    readonly as: Principal;
    readonly resource: ResourceRef;
    readonly action: string;
    readonly context: RequestContext;
  }[];
}

export interface RuleWorldOptions extends Partial<ConditionTraits> {
  /** Most rules of a world; default 8. */
  readonly rules?: number;
  /** Questions of a world; default 8. */
  readonly questions?: number;
}

type Question = RuleWorld["questions"][number];

const types = ["Stream", "App", "App.Object", "DataConnection", "ReloadTask"] as const;

const filterItem: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: fc.constant("*") },
  { weight: 4, arbitrary: fc.constantFrom("App*", "Stream*", "DataConnection*", "ReloadTask*") },
  { weight: 8, arbitrary: fc.constantFrom(...types).map((type) => `${type}_*`) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...types), fc.nat(2)).map(([type, index]) => `${type}_${thingId(type, index)}`),
  },
  { weight: 2, arbitrary: fc.constantFrom(...sectionNames) },
  { weight: 1, arbitrary: fc.constantFrom("Sheet_*", "User_*", "SystemRule_*") },
);

const filterText: fc.Arbitrary<string> = fc
  .tuple(fc.array(filterItem, { minLength: 1, maxLength: 3 }), fc.constantFrom(",", ", "))
  .map(([items, comma]) => items.join(comma));

/** Masks without and with `read` (bit 2). */
const otherMasks: readonly number[] = [1, 4, 8, 32, 36, 5, 13, 256, 64];
const readMasks: readonly number[] = [2, 2, 2, 6, 3, 34, 46, 15, 511, 8191];

interface RuleTraits {
  readonly filter: string;
  readonly mask: number;
  readonly condition: string;
  readonly context: number;
  readonly disabled: boolean;
  readonly category: string;
}

type Shipped = Pick<RuleTraits, "filter" | "mask" | "condition">;

/** Rules as they stand on many sites (catalogue §4.6, §6.2), as far as the traits of conditions allow. */
function shippedRules(traits: ConditionTraits): readonly [Shipped, ...Shipped[]] {
  const access = { filter: "Stream_*, DataConnection_*", mask: 2, condition: "((user.group=resource.@GroupAccess))" };
  const owner = { filter: "*", mask: 50, condition: "resource.IsOwned() and resource.owner = user" };
  const stream = {
    filter: "App*",
    mask: 2,
    condition:
      '(resource.resourcetype = "App" and resource.stream.HasPrivilege("read")) or (resource.resourcetype = "App.Object" ' +
      'and resource.published = "true" and resource.app.stream.HasPrivilege("read"))',
  };
  const objects = {
    filter: "App.Object_*",
    mask: 1,
    condition: '!resource.App.stream.Empty() and resource.App.HasPrivilege("read") and !user.IsAnonymous()',
  };
  return [
    access,
    owner,
    ...(traits.privileges ? [stream] : []),
    ...(traits.privileges && traits.negation ? [objects] : []),
  ];
}

function ruleTraits(traits: ConditionTraits): fc.Arbitrary<RuleTraits> {
  const common = {
    filter: filterText,
    context: fc.constantFrom(0, 0, 0, 0, 1, 1, 2),
    disabled: fc.nat(9).map((turn) => turn === 9),
    category: fc.nat(19).map((turn) => (turn === 19 ? "License" : "Security")),
  };
  const plain = { noNullPrototype: true } as const;
  const free = (masks: readonly number[], givesRead: boolean): fc.Arbitrary<RuleTraits> =>
    fc.record({ ...common, mask: fc.constantFrom(...masks), condition: conditionText(traits, givesRead) }, plain);
  const shipped = fc
    .tuple(free(readMasks, true), fc.constantFrom(...shippedRules(traits)))
    .map(([rule, known]): RuleTraits => ({ ...rule, ...known, context: 0 }));
  return fc.oneof(
    { weight: 5, arbitrary: free(readMasks, true) },
    { weight: 4, arbitrary: free(otherMasks, false) },
    { weight: 2, arbitrary: shipped },
  );
}

function ruleRow(traits: RuleTraits, index: number): Entity {
  return {
    id: thingId("SystemRule", index),
    name: `Rule ${index + 1}`,
    type: "Custom",
    category: traits.category,
    resourceFilter: traits.filter,
    actions: traits.mask,
    rule: traits.condition,
    ruleContext: traits.context,
    disabled: traits.disabled,
  };
}

interface QuestionTraits {
  /** Index of the rule it is aimed at: type and action are then the rule's; beyond the last: at none. */
  readonly aim: number;
  readonly who: number;
  readonly what: number;
  readonly type: (typeof types)[number];
  readonly action: string;
  readonly context: RequestContext;
  readonly form: "existing" | "would-be" | "section";
  readonly ownerless: boolean;
  /** Spells the user in capitals: the same user (his row is found ignoring case). */
  readonly capitals: boolean;
}

const questionTraits: fc.Arbitrary<QuestionTraits> = fc.record(
  {
    aim: fc.nat(11),
    who: fc.nat(15),
    what: fc.nat(11),
    type: fc.constantFrom(...types),
    action: fc.constantFrom(
      "read",
      "read",
      "read",
      "update",
      "Read",
      "delete",
      "publish",
      "exportdata",
      "changeowner",
      "duplicate",
      "approve",
    ),
    context: fc.constantFrom<RequestContext>("hub", "hub", "qmc"),
    form: fc.constantFrom<QuestionTraits["form"]>(
      "existing",
      "existing",
      "existing",
      "existing",
      "existing",
      "would-be",
      "would-be",
      "section",
    ),
    ownerless: fc.boolean(),
    capitals: fc.nat(9).map((turn) => turn === 9),
  },
  { noNullPrototype: true },
);

function wouldBe(world: Furnished, type: string, ownerless: boolean): Entity {
  const parents = world.entities[type === "App" ? "Stream" : "App"] ?? [];
  const body = entityOf(type, 250, world.spare, parents);
  if (!ownerless) return body;
  const { owner: _owner, ...rest } = body;
  return { ...rest, id: body.id };
}

function resourceOf(world: Furnished, traits: QuestionTraits): ResourceRef {
  const { type, what } = traits;
  const rows = world.entities[type] ?? [];
  const row = rows[what % Math.max(rows.length, 1)];
  if (traits.form === "section") return { type: "TransientObject", id: sectionNames[what % sectionNames.length] ?? "" };
  if (traits.form === "existing" && row !== undefined) return { type, id: row.id };
  return { type, wouldBe: wouldBe(world, type, traits.ownerless) };
}

const actionsByBit: readonly (readonly [bit: number, action: string])[] = [
  [2, "read"],
  [1, "create"],
  [4, "update"],
  [32, "publish"],
  [8, "delete"],
  [256, "exportdata"],
  [64, "changeowner"],
  [16, "export"],
  [512, "offlineaccess"],
  [2048, "duplicate"],
  [4096, "approve"],
];

/** Turns a question towards a rule, so that most questions have a rule that could grant them. */
function aimed(traits: QuestionTraits, rules: readonly RuleTraits[]): QuestionTraits {
  const rule = rules[traits.aim % 9];
  if (rule === undefined) return traits;
  const actions = actionsByBit.filter(([bit]) => (rule.mask & bit) !== 0);
  const action = actions[traits.what % Math.max(actions.length, 1)]?.[1] ?? traits.action;
  const form = rule.filter.includes("QmcSection_") && traits.what % 2 === 0 ? "section" : traits.form;
  const named = types.filter((type) => rule.filter.includes(`${type}_`) || rule.filter.includes(`${type}*`));
  return { ...traits, type: named[traits.what % Math.max(named.length, 1)] ?? traits.type, action, form };
}

function questionOf(world: Furnished, traits: QuestionTraits): Question | undefined {
  // Seven people twice as often as the visitor, who comes last.
  const as = world.principals[Math.floor(traits.who / 2)] ?? world.principals.at(-1);
  if (as === undefined) return undefined;
  const action = traits.form === "would-be" && traits.what < 6 ? "create" : traits.action;
  const form = action === "create" && traits.form === "existing" ? "would-be" : traits.form;
  const resource = resourceOf(world, { ...traits, form });
  const capital = traits.capitals ? { ...as, directory: as.directory.toUpperCase(), id: as.id.toUpperCase() } : as;
  return { as: as.directory === "NONE" ? as : capital, resource, action, context: traits.context };
}

/** Sites with one to eight rules over look-alike names, and questions put to them. */
export function ruleWorld(options: RuleWorldOptions = {}): fc.Arbitrary<RuleWorld> {
  const {
    disputed = false,
    negation = true,
    privileges = true,
    negatedPrivileges = negation,
    rules = 8,
    questions = 8,
  } = options;
  const traits = { disputed, negation, privileges, negatedPrivileges };
  const rule = ruleTraits(traits);
  const rulesBetween = (minLength: number, maxLength: number): fc.Arbitrary<RuleTraits[]> =>
    fc.array(rule, { minLength, maxLength, size: "max" });
  return fc
    .tuple(
      furnished,
      fc.oneof(
        { weight: 1, arbitrary: rulesBetween(1, Math.min(3, rules)) },
        { weight: 3, arbitrary: rulesBetween(Math.min(4, rules), rules) },
      ),
      fc.array(questionTraits, { minLength: questions, maxLength: questions }),
    )
    .map(([world, rows, asked]) => ({
      site: { apps: {}, entities: { ...world.entities, SystemRule: rows.map((row, index) => ruleRow(row, index)) } },
      questions: asked.flatMap((question) => questionOf(world, aimed(question, rows)) ?? []),
    }));
}

const known = new Map<string, fc.Arbitrary<RuleWorld>>();

/** Building an arbitrary costs as much as many worlds: those of the same options share one. */
function arbitraryOf(options: RuleWorldOptions): fc.Arbitrary<RuleWorld> {
  const key = JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)));
  const made = known.get(key) ?? ruleWorld(options);
  known.set(key, made);
  return made;
}

/** The world of a campaign's seed and index, the same on every machine. */
export function randomRuleWorld(seed: number, index: number, options: RuleWorldOptions = {}): RuleWorld {
  const mixed = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) + Math.imul(index + 1, 0x85ebca6b);
  const [world] = fc.sample(arbitraryOf(options), { seed: mixed | 0, numRuns: 1 });
  if (world === undefined) throw new RangeError("fast-check sampled nothing");
  return world;
}
