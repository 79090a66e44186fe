/** Rule sets: rules drawn at random, those that stand on many sites, the one made to order, and what others ask for. */
import type { Entity, Principal, RequestContext } from "../../contract/types.ts";
import type { Dice } from "../dice.ts";
import { thingId } from "../rule-vocabulary.ts";
import { printAtom, type Atom } from "./atoms.ts";
import { drawCondition } from "./conditions.ts";
import { drawAtom, targetsOf, type Scope } from "./directed.ts";
import type { Entities } from "./drafts.ts";
import { drawFilter, filterFor } from "./filters.ts";
import type { Focal } from "./focal.ts";
import type { Scenery, Thing } from "./reading.ts";
import type { RuleSettings } from "./settings.ts";

export interface DrawnRule {
  readonly filter: string;
  readonly mask: number;
  readonly condition: string;
  readonly context: number;
  readonly disabled: boolean;
  readonly category: string;
  /** What it asks for by HasPrivilege. */
  readonly demands: readonly Demand[];
}

interface Demand {
  /** Where it is asked for: the things that relations lead to. */
  readonly things: readonly Thing[];
  readonly bit: number;
}

export interface RuleSetPlan {
  readonly entities: Entities;
  /** What rules are about: all entities but users. */
  readonly things: readonly Thing[];
  readonly scenery: Scenery;
  readonly people: readonly Principal[];
  readonly settings: RuleSettings;
  readonly dice: Dice;
}

/** Masks without and with `read` (bit 2). */
const otherMasks = [1, 4, 8, 32, 36, 5, 13, 256, 64] as const;
const readMasks = [2, 2, 2, 6, 3, 34, 46, 15, 511, 8191] as const;

const contextsOf: { readonly [context: number]: readonly RequestContext[] } = {
  0: ["hub", "qmc"],
  1: ["hub"],
  2: ["qmc"],
};

function scopeOf(
  { scenery, people, settings, dice }: RuleSetPlan,
  things: readonly Thing[],
  rule: { readonly mask: number; readonly context: number },
): Scope {
  const givesRead = (rule.mask & 2) !== 0;
  return { scenery, people, settings, dice, things, givesRead, contexts: contextsOf[rule.context] ?? ["hub"] };
}

function frame({ settings, dice }: RuleSetPlan): Pick<DrawnRule, "context" | "disabled" | "category"> {
  return {
    context: dice.pick([0, 0, 0, 0, 1, 1, 2]),
    disabled: dice.chance(settings.disabled),
    category: dice.chance(settings.otherCategory) ? "License" : "Security",
  };
}

interface Shipped extends Pick<DrawnRule, "filter" | "mask" | "condition"> {
  readonly asks: readonly { readonly type: string; readonly bit: number }[];
}

/** Rules as they stand on many sites (catalogue §4.6, §6.2), as far as the settings allow, with what they ask for. */
function shippedRules({ privileges, negation }: RuleSettings): readonly [Shipped, ...Shipped[]] {
  const access: Shipped = {
    filter: "Stream_*, DataConnection_*",
    mask: 2,
    condition: "((user.group=resource.@GroupAccess))",
    asks: [],
  };
  const owner: Shipped = { filter: "*", mask: 50, condition: "resource.IsOwned() and resource.owner = user", asks: [] };
  const stream: Shipped = {
    filter: "App*",
    mask: 2,
    condition:
      '(resource.resourcetype = "App" and resource.stream.HasPrivilege("read")) or (resource.resourcetype = "App.Object" ' +
      'and resource.published = "true" and resource.app.stream.HasPrivilege("read"))',
    asks: [{ type: "Stream", bit: 2 }],
  };
  const objects: Shipped = {
    filter: "App.Object_*",
    mask: 1,
    condition: '!resource.App.stream.Empty() and resource.App.HasPrivilege("read") and !user.IsAnonymous()',
    asks: [{ type: "App", bit: 2 }],
  };
  const pages: Shipped = {
    filter: "*",
    mask: 2,
    condition:
      'user.roles = "AuditAdmin" and resource.resourcetype = "TransientObject" and resource.name like "QmcSection_*"',
    asks: [],
  };
  return [access, owner, pages, ...(privileges ? [stream] : []), ...(privileges && negation ? [objects] : [])];
}

function shippedRule(plan: RuleSetPlan): DrawnRule {
  const { asks, ...known } = plan.dice.pick(shippedRules(plan.settings));
  const demands = asks.map(({ type, bit }) => ({ bit, things: plan.things.filter((thing) => thing.type === type) }));
  return { ...frame(plan), ...known, context: 0, demands };
}

function freeRule(plan: RuleSetPlan): DrawnRule {
  const { entities, dice } = plan;
  const around = frame(plan);
  const mask = dice.chance(0.55) ? dice.pick(readMasks) : dice.pick(otherMasks);
  const filter = drawFilter(entities, plan.things, dice);
  const scope = scopeOf(plan, filter.things, { mask, context: around.context });
  const { text, atoms } = drawCondition(scope);
  return { ...around, filter: filter.text, mask, condition: text, demands: demandsOf(plan, atoms, scope) };
}

function joinedText(focal: Focal, scope: Scope): string {
  const { atom, features } = focal;
  const written = printAtom(atom);
  const negated =
    features.under === "negated" && (scope.settings.negatedPrivileges || features.operator !== "HasPrivilege");
  const alone = negated ? `!(${written})` : written;
  if (features.joined === "alone") return alone;
  const other = printAtom(drawAtom(scope, false));
  return scope.dice.chance(0.5) ? `${alone} ${features.joined} ${other}` : `${other} ${features.joined} ${alone}`;
}

/** The rule of the atom made to order: for everything of one type, or what is set up alone, in both contexts. */
function focalRule(plan: RuleSetPlan, focal: Focal): DrawnRule {
  const { type, thing, other } = focal;
  const all = plan.things;
  const two = [thing.id, other.thing.id];
  const filter = focal.guarded
    ? {
        text: two.map((id) => `${type}_${id}`).join(","),
        things: all.filter(({ id }) => two.includes(id)),
      }
    : filterFor(type, all);
  const frame_ = { context: 0, disabled: false, category: "Security", mask: bits[focal.action] ?? 2 };
  const scope = scopeOf(plan, filter.things, frame_);
  const demands = demandsOf(plan, [focal.atom], scope);
  return { ...frame_, filter: filter.text, condition: joinedText(focal, scope), demands };
}

const bits: { readonly [action: string]: number } = { read: 2, update: 4, delete: 8, publish: 32 };
function demandsOf({ things }: RuleSetPlan, atoms: readonly Atom[], scope: Scope): readonly Demand[] {
  return atoms.flatMap((atom): readonly Demand[] => {
    if (atom.kind !== "call" || atom.function !== "HasPrivilege") return [];
    const wanted = new Set(targetsOf(atom.on, scope));
    const found = things.filter(({ type, id }) => wanted.has(`${type}_${id}`));
    return found.length === 0 ? [] : [{ things: found, bit: bits[(atom.argument ?? "").toLowerCase()] ?? 2 }];
  });
}

function typesOf({ things }: Demand): readonly string[] {
  return [...new Set(things.map(({ type }) => type))];
}

/** A rule that gives some of what another asks for by HasPrivilege; it asks for nothing itself (SR-473). */
function support(plan: RuleSetPlan, type: string, demand: Demand): DrawnRule {
  const frame_ = { context: 0, disabled: false, category: "Security", mask: demand.bit };
  const settings: RuleSettings = { ...plan.settings, oneSided: 0 };
  const things = demand.things.filter((thing) => thing.type === type);
  const atom = drawAtom({ ...scopeOf(plan, things, frame_), settings }, false);
  return { ...frame_, filter: `${type}_*`, condition: printAtom(atom), demands: [] };
}

function isActive({ disabled, category }: DrawnRule): boolean {
  return !disabled && category === "Security";
}

/** For each type and action that is asked for, one rule that gives it to some. */
function supports(plan: RuleSetPlan, rules: readonly DrawnRule[], room: number): readonly DrawnRule[] {
  const added: DrawnRule[] = [];
  const given = new Set<string>();
  for (const demand of rules.filter(isActive).flatMap(({ demands }) => demands)) {
    for (const type of typesOf(demand)) {
      const wanted = `${type} ${demand.bit}`;
      if (added.length >= room || given.has(wanted)) continue;
      given.add(wanted);
      added.push(support(plan, type, demand));
    }
  }
  return added;
}

/** Rules kept back for what others ask for. */
function reserveOf({ privileges, mostRules }: RuleSettings): number {
  return privileges && mostRules > 3 ? 2 : 0;
}

/** Few rules in one world of four: what one rule does wrong shows best alone. */
function countOf({ settings, dice }: RuleSetPlan): number {
  const { leastRules } = settings;
  const mostRules = settings.mostRules - reserveOf(settings);
  const [least, most] = dice.below(4) === 0 ? [leastRules, 3] : [Math.max(4, leastRules), mostRules];
  const upper = Math.max(leastRules, Math.min(most, mostRules));
  const lower = Math.min(least, upper);
  return lower + dice.below(upper - lower + 1);
}

export function drawRules(plan: RuleSetPlan, focal: Focal): readonly DrawnRule[] {
  const { settings, dice } = plan;
  const count = countOf(plan);
  const drawn = Array.from({ length: Math.max(0, count - 1) }, () =>
    dice.chance(settings.shipped) ? shippedRule(plan) : freeRule(plan),
  );
  const ordered = [...drawn];
  ordered.splice(dice.below(drawn.length + 1), 0, focalRule(plan, focal));
  return [...ordered, ...supports(plan, ordered, settings.mostRules - ordered.length)];
}

export function ruleRow(rule: DrawnRule, index: number): Entity {
  return {
    id: thingId("SystemRule", index),
    name: `Rule ${index + 1}`,
    type: "Custom",
    category: rule.category,
    resourceFilter: rule.filter,
    actions: rule.mask,
    rule: rule.condition,
    ruleContext: rule.context,
    disabled: rule.disabled,
  };
}
