/** Small changes to the rules of a site, for laws that compare its answers before and after. */
import { isKnownError } from "../../contract/errors.ts";
import type { Entity, Site } from "../../contract/types.ts";
import type { FilterItem } from "../../languages/resource-filter/ast.ts";
import { parseFilter } from "../../languages/resource-filter/parse.ts";
import type { Condition, Operand } from "../../languages/rule-condition/ast.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import { thingId } from "../rule-vocabulary.ts";

export type Comparison = Extract<Condition, { kind: "comparison" }>;
export type Call = Extract<Condition, { kind: "call" }>;
export type Atom = Comparison | Call;

export function rulesOf(site: Site): readonly Entity[] {
  return site.entities["SystemRule"] ?? [];
}

export function withRules(site: Site, rules: readonly Entity[]): Site {
  return { ...site, entities: { ...site.entities, SystemRule: rules } };
}

/** Each rule becomes any number of rules, with ids and names of their own. */
export function replacedRules(site: Site, replace: (rule: Entity, at: number) => readonly Entity[]): Site {
  const rules = rulesOf(site).flatMap(replace);
  return withRules(
    site,
    rules.map((rule, at) => ({ ...rule, id: thingId("SystemRule", at), name: `Rule ${at + 1}` })),
  );
}

/** A rule for everything one may do. */
export function ruleOver(resourceFilter: string, rule: string, actions = 8191): Entity {
  return {
    id: thingId("SystemRule", 200),
    name: "Rule 200",
    type: "Custom",
    category: "Security",
    resourceFilter,
    actions,
    rule,
    ruleContext: 0,
    disabled: false,
  };
}

export function textIn(rule: Entity, field: string): string {
  const value = rule[field];
  return typeof value === "string" ? value : "";
}

function attempt<Tree>(read: () => Tree): Tree | undefined {
  try {
    return read();
  } catch (error) {
    if (isKnownError(error)) return undefined;
    throw error;
  }
}

/** The rule's condition as a tree; undefined for one that is broken. */
export function conditionOf(rule: Entity): Condition | undefined {
  return attempt(() => parseCondition(textIn(rule, "rule")));
}

export function itemsOf(rule: Entity): readonly FilterItem[] {
  return attempt(() => parseFilter(textIn(rule, "resourceFilter")))?.items ?? [];
}

/** Every condition of the site that can be read. */
export function conditionsOf(site: Site): readonly Condition[] {
  return rulesOf(site).flatMap((rule) => conditionOf(rule) ?? []);
}

/** With every readable condition written anew; undefined when none becomes another. */
export function rewritten(site: Site, write: (tree: Condition) => string): Site | undefined {
  const rules = rulesOf(site).map((rule) => {
    const tree = conditionOf(rule);
    return tree === undefined ? rule : { ...rule, rule: tree.kind === "blank" ? "" : write(tree) };
  });
  const isChanged = rules.some((rule, at) => {
    const tree = conditionOf(rulesOf(site)[at] ?? rule);
    return tree !== undefined && textIn(rule, "rule") !== printCondition(tree);
  });
  return isChanged ? withRules(site, rules) : undefined;
}

/** The condition with other texts for its atoms. */
export function withAtoms(tree: Condition, write: (atom: Atom) => string): string {
  switch (tree.kind) {
    case "blank":
      return "";
    case "or":
    case "and":
      return tree.terms.map((term) => withAtoms(term, write)).join(` ${tree.kind} `);
    case "not":
      return tree.term.kind === "comparison" ? `!(${withAtoms(tree.term, write)})` : `!${withAtoms(tree.term, write)}`;
    case "group":
      return `(${withAtoms(tree.term, write)})`;
    case "comparison":
    case "call":
      return write(tree);
  }
}

export function atomsOf(tree: Condition): readonly Atom[] {
  switch (tree.kind) {
    case "blank":
      return [];
    case "or":
    case "and":
      return tree.terms.flatMap(atomsOf);
    case "not":
    case "group":
      return atomsOf(tree.term);
    case "comparison":
    case "call":
      return [tree];
  }
}

export function allAtoms(site: Site): readonly Atom[] {
  return conditionsOf(site).flatMap(atomsOf);
}

export function isPrivilege(atom: Atom): boolean {
  return atom.kind === "call" && atom.function === "HasPrivilege";
}

export function usesPrivileges(site: Site): boolean {
  return allAtoms(site).some(isPrivilege);
}

function negatesPrivilege(tree: Condition): boolean {
  switch (tree.kind) {
    case "not":
      return atomsOf(tree.term).some(isPrivilege);
    case "or":
    case "and":
      return tree.terms.some(negatesPrivilege);
    case "group":
      return negatesPrivilege(tree.term);
    case "blank":
    case "comparison":
    case "call":
      return false;
  }
}

/** HasPrivilege under `!`: there, what is granted more elsewhere grants less here. */
export function negatesPrivileges(site: Site): boolean {
  return conditionsOf(site).some(negatesPrivilege);
}

function isNegative(tree: Condition): boolean {
  switch (tree.kind) {
    case "not":
      return true;
    case "or":
    case "and":
      return tree.terms.some(isNegative);
    case "group":
      return isNegative(tree.term);
    case "comparison":
      return tree.operator === "!=" || tree.operator === "!==";
    case "call":
      return tree.function === "Empty";
    case "blank":
      return false;
  }
}

/** `!`, `!=`, `!==` or `Empty`: fewer values may grant more. */
export function isAnywhereNegative(site: Site): boolean {
  return conditionsOf(site).some(isNegative);
}

/** Path as written, in lower case; texts have none. */
export function pathOf(operand: Operand): string | undefined {
  return operand.kind === "text" ? undefined : [operand.root, ...operand.segments].join(".").toLowerCase();
}

export function operandText(operand: Operand): string {
  return operand.kind === "text" ? `"${operand.value}"` : [operand.root, ...operand.segments].join(".");
}

export function comparisonText(left: Operand, operator: string, right: Operand): string {
  return `${operandText(left)} ${operator} ${operandText(right)}`;
}
