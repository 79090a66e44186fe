/** Features of the atoms of a world, read off it as it came out: of each atom that a question has evaluated. */
import { isKnownError } from "../../contract/errors.ts";
import type { Entity } from "../../contract/types.ts";
import type { Condition } from "../../languages/rule-condition/ast.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import type { FilterItem } from "../../languages/resource-filter/ast.ts";
import { parseFilter } from "../../languages/resource-filter/parse.ts";
import type { RuleWorld } from "../rules.ts";
import { nearness } from "./atoms.ts";
import type { Features, OperandKind } from "./factors.ts";
import { kindOf, Scenery, type Asking, type Thing } from "./reading.ts";

type Comparison = Extract<Condition, { readonly kind: "comparison" }>;
type Call = Extract<Condition, { readonly kind: "call" }>;

interface Placed {
  readonly atom: Comparison | Call;
  readonly under: Features["under"];
  readonly joined: Features["joined"];
}

/** Atoms with what they stand under; parentheses count for nothing. */
function placedIn(tree: Condition, under: Features["under"], joined: Features["joined"]): readonly Placed[] {
  switch (tree.kind) {
    case "blank":
      return [];
    case "group":
      return placedIn(tree.term, under, joined);
    case "not":
      return placedIn(tree.term, under === "plain" ? "negated" : "plain", joined);
    case "and":
    case "or":
      return tree.terms.flatMap((term) => placedIn(term, under, tree.kind));
    case "comparison":
    case "call":
      return [{ atom: tree, under, joined }];
  }
}

interface ReadRule {
  readonly row: Entity;
  readonly items: readonly FilterItem[];
  readonly atoms: readonly Placed[];
}

function fieldText(row: Entity, name: string): string {
  const value = row[name];
  return typeof value === "string" ? value : "";
}

/** Undefined for a rule that takes no part. */
function readRule(row: Entity): ReadRule | undefined {
  if (row["disabled"] === true || row["category"] !== "Security") return undefined;
  try {
    const { items } = parseFilter(fieldText(row, "resourceFilter"));
    return { row, items, atoms: placedIn(parseCondition(fieldText(row, "rule")), "plain", "alone") };
  } catch (error) {
    if (isKnownError(error)) return undefined;
    throw error;
  }
}

const bits: { readonly [action: string]: number } = {
  create: 1,
  read: 2,
  update: 4,
  delete: 8,
  export: 16,
  publish: 32,
  changeowner: 64,
  changerole: 128,
  exportdata: 256,
  offlineaccess: 512,
  distribute: 1024,
  duplicate: 2048,
  approve: 4096,
};

/** Whether a filter's item speaks of the thing. */
export function covers(item: FilterItem, { type, id }: Thing): boolean {
  switch (item.kind) {
    case "everything":
      return true;
    case "type":
      return item.type === type;
    case "typePrefix":
      return type.startsWith(item.type);
    case "resource":
      return item.type === type && item.id === id;
    case "section":
      return type === "TransientObject" && item.name === id;
  }
}

function isAsked({ row, items }: ReadRule, asking: Asking, action: string): boolean {
  const context = row["ruleContext"];
  const isHere = context === 0 || context === (asking.context === "hub" ? 1 : 2);
  const has = (Number(row["actions"]) & (bits[action.toLowerCase()] ?? 0)) !== 0;
  return isHere && has && items.some((item) => covers(item, asking.thing));
}

function isLeft(kind: OperandKind): kind is Features["left"] {
  return kind !== "none";
}

function isRight(kind: OperandKind): kind is Features["right"] {
  return kind !== "resource" && kind !== "related";
}

function featuresOf({ atom, under, joined }: Placed, scenery: Scenery, asking: Asking): Features | undefined {
  const left = atom.kind === "call" ? atom.on : atom.left;
  const [held, leftKind] = [scenery.find(left, asking), kindOf(left)];
  if (!isLeft(leftKind)) return undefined;
  const common = { left: leftKind, leftCount: held.count, under, joined };
  if (atom.kind === "call")
    return { ...common, operator: atom.function, right: "none", rightCount: "none", near: "none" };
  const [other, rightKind] = [scenery.find(atom.right, asking), kindOf(atom.right)];
  if (!isRight(rightKind)) return undefined;
  const near = nearness(atom.operator, held, other);
  return { ...common, operator: atom.operator, right: rightKind, rightCount: other.count, near };
}

function* featuresOfRule(rule: ReadRule, scenery: Scenery, asking: Asking): IterableIterator<Features> {
  for (const placed of rule.atoms) {
    const features = featuresOf(placed, scenery, asking);
    if (features !== undefined) yield features;
  }
}

/** A row for each atom of each rule that a question of the world is put to. */
export function* featuresIn({ site, questions }: RuleWorld): IterableIterator<Features> {
  const scenery = new Scenery(site.entities);
  const rules = (site.entities["SystemRule"] ?? []).flatMap((row) => readRule(row) ?? []);
  for (const { as, resource, action, context } of questions) {
    const thing = scenery.thingOf(resource, as);
    if (thing === undefined) continue;
    const asking: Asking = { who: as, thing, context };
    for (const rule of rules.filter((one) => isAsked(one, asking, action)))
      yield* featuresOfRule(rule, scenery, asking);
  }
}
