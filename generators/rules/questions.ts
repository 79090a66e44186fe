/** Questions put to a site: most of them about what some rule covers. */
import type { Entity, Principal, RequestContext, ResourceRef } from "../../contract/types.ts";
import type { Dice } from "../dice.ts";
import { sectionNames } from "../rule-vocabulary.ts";
import { entityOf, principalOf, thingTypes, type Entities, type SiteDraft, type ThingType } from "./drafts.ts";
import { drawSpare } from "./drawing.ts";
import type { Focal } from "./focal.ts";
import type { DrawnRule } from "./rule-sets.ts";
import type { RuleSettings } from "./settings.ts";

export interface Question {
  readonly as: Principal;
  readonly resource: ResourceRef;
  readonly action: string;
  readonly context: RequestContext;
}

interface QuestionPlan {
  readonly site: SiteDraft;
  readonly entities: Entities;
  /** The visitor last. */
  readonly people: readonly Principal[];
  readonly rules: readonly DrawnRule[];
  readonly settings: RuleSettings;
  readonly dice: Dice;
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

const actions = [
  "read",
  "read",
  "read",
  "update",
  "Read",
  "delete",
  "publish",
  "exportdata",
  "export",
  "changeowner",
  "duplicate",
  "approve",
] as const;

function oneOf<Item>(items: readonly Item[], dice: Dice): Item | undefined {
  return items[dice.below(items.length)];
}

interface Aim {
  readonly type: ThingType;
  readonly action: string;
  readonly context: RequestContext;
  readonly section: boolean;
}

/** `Sheet_*` is taken for sheets by some, which are app objects (SR-211). */
function namedTypes(filter: string): readonly ThingType[] {
  if (filter.includes("Sheet_")) return ["App.Object"];
  return thingTypes.filter((type) => filter.includes(`${type}_`) || filter.includes(`${type}*`));
}

/** An action the rule does not give: `export` is not `exportdata` (SR-237). */
function otherAction({ mask }: DrawnRule, any: Pick<Aim, "action">): string {
  return (mask & 256) !== 0 && (mask & 16) === 0 ? "export" : any.action;
}

/** What a rule covers, in a context it is for; anything now and then. */
function aimOf({ rules, settings, dice }: QuestionPlan): Aim {
  const rule = dice.chance(settings.aimed) ? oneOf(rules, dice) : undefined;
  const any: Aim = {
    type: dice.pick(thingTypes),
    action: dice.pick(actions),
    context: dice.pick(["hub", "hub", "qmc"]),
    section: dice.below(12) === 0,
  };
  if (rule === undefined) return any;
  const named = namedTypes(rule.filter);
  const given = actionsByBit.filter(([bit]) => (rule.mask & bit) !== 0);
  return {
    type: oneOf(named, dice) ?? any.type,
    action: dice.chance(0.12) ? otherAction(rule, any) : (oneOf(given, dice)?.[1] ?? any.action),
    context: dice.chance(0.3) ? any.context : rule.context === 2 ? "qmc" : rule.context === 1 ? "hub" : any.context,
    section: dice.chance(rule.filter.includes("QmcSection_") ? 0.5 : rule.filter.startsWith("*") ? 0.2 : 0),
  };
}

function withoutOwner({ owner: _owner, ...rest }: Entity): Entity {
  return { ...rest, id: rest.id };
}

function wouldBe({ site, dice }: QuestionPlan, type: ThingType): Entity {
  const body = entityOf(drawSpare(site, type, dice));
  return dice.chance(0.5) ? withoutOwner(body) : body;
}

function resourceOf(plan: QuestionPlan, { type, action, section }: Aim): ResourceRef {
  const { entities, settings, dice } = plan;
  if (section) return { type: "TransientObject", id: oneOf(sectionNames, dice) ?? "" };
  const row = oneOf(entities[type] ?? [], dice);
  const isNew = action === "create" || row === undefined || dice.chance(settings.wouldBe);
  return isNew ? { type, wouldBe: wouldBe(plan, type) } : { type, id: row.id };
}

function askerOf({ people, settings, dice }: QuestionPlan): Principal {
  const [visitor, ...others] = people.toReversed();
  const someone = dice.chance(settings.visitor) ? undefined : oneOf(others, dice);
  const as = someone ?? visitor;
  if (as === undefined) throw new RangeError("nobody asks");
  const isLoud = dice.chance(settings.capitals) && someone !== undefined;
  return isLoud ? { ...as, directory: as.directory.toUpperCase(), id: as.id.toUpperCase() } : as;
}

function drawQuestion(plan: QuestionPlan): Question {
  const aim = aimOf(plan);
  const resource = resourceOf(plan, aim);
  const isNew = "wouldBe" in resource && plan.dice.chance(0.5);
  return { as: askerOf(plan), resource, action: isNew ? "create" : aim.action, context: aim.context };
}

/** The question that meets the atom made to order. */
function focalQuestion({ asker, thing, action }: Focal, isVisitor: boolean, plan: QuestionPlan): Question {
  const visitor = plan.people.at(-1);
  const as = isVisitor && visitor !== undefined ? visitor : principalOf(asker);
  const context = plan.dice.pick(["hub", "hub", "qmc"] as const);
  return { as, resource: { type: thing.type, id: thing.id }, action, context };
}

/** What is read alike of two people alone is asked of those. */
function guarded(question: Question, { thing, asker, other, ...focal }: Focal, dice: Dice): Question {
  if (!focal.guarded || !("id" in question.resource)) return question;
  const { type, id } = question.resource;
  const isSetUp = type === thing.type && (id === thing.id || id === other.thing.id);
  if (!isSetUp) return question;
  return {
    ...question,
    as: principalOf(id === thing.id ? asker : other.asker),
    action: dice.pick([focal.action, question.action]),
  };
}

export function drawQuestions(plan: QuestionPlan, focal: Focal): readonly Question[] {
  const { settings, dice } = plan;
  const isVisitor = focal.features.operator === "IsAnonymous" && dice.chance(0.5);
  const others = Array.from({ length: settings.questions - 1 }, () => guarded(drawQuestion(plan), focal, dice));
  return [focalQuestion(focal, isVisitor, plan), ...others];
}
