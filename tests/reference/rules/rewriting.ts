/** Ways to write a rule world differently; what each must leave alone stands in the laws. */
import type { Entity } from "../../../contract/types.ts";
import type { RuleWorld } from "../../../generators/rules.ts";
import type { Condition, Span } from "../../../languages/rule-condition/ast.ts";
import { parseCondition } from "../../../languages/rule-condition/parse.ts";
import { printCondition } from "../../../languages/rule-condition/print.ts";

const span: Span = { start: 0, end: 0 };

export function rulesOf(world: RuleWorld): readonly Entity[] {
  return world.site.entities["SystemRule"] ?? [];
}

export function withRules(world: RuleWorld, rules: readonly Entity[]): RuleWorld {
  return { ...world, site: { ...world.site, entities: { ...world.site.entities, SystemRule: rules } } };
}

export function mapRules(world: RuleWorld, change: (rule: Entity) => readonly Entity[]): RuleWorld {
  return withRules(world, rulesOf(world).flatMap(change));
}

export function textOf(rule: Entity, field: string): string {
  const value = rule[field];
  return typeof value === "string" ? value : "";
}

/** The condition, unless it is broken or blank. */
function treeOf(rule: Entity): Condition | undefined {
  try {
    const tree = parseCondition(textOf(rule, "rule"));
    return tree.kind === "blank" ? undefined : tree;
  } catch {
    return undefined;
  }
}

/** The same rule once for each variant of one of its fields, under the same name. */
function variants(rule: Entity, field: string, values: readonly Entity[string][]): readonly Entity[] {
  return values.map((value, index) => ({ ...rule, id: `${rule.id}-${field}-${index}`, [field]: value }));
}

export function splitActions(rule: Entity): readonly Entity[] {
  const bits = Array.from({ length: 13 }, (_, index) => 2 ** index);
  return variants(
    rule,
    "actions",
    bits.filter((bit) => (Number(rule["actions"]) & bit) !== 0),
  );
}

export function splitFilter(rule: Entity): readonly Entity[] {
  return variants(rule, "resourceFilter", textOf(rule, "resourceFilter").split(","));
}

export function splitContext(rule: Entity): readonly Entity[] {
  return rule["ruleContext"] === 0 ? variants(rule, "ruleContext", [1, 2]) : [rule];
}

export function splitOr(rule: Entity): readonly Entity[] {
  const tree = treeOf(rule);
  const terms = tree?.kind === "or" ? tree.terms : [];
  return terms.length === 0
    ? [rule]
    : variants(
        rule,
        "rule",
        terms.map((term) => printCondition(term)),
      );
}

function mapTree(tree: Condition, change: (node: Condition) => Condition): Condition {
  switch (tree.kind) {
    case "or":
    case "and":
      return change({ ...tree, terms: tree.terms.map((term) => mapTree(term, change)) });
    case "not":
    case "group":
      return change({ ...tree, term: mapTree(tree.term, change) });
    case "blank":
    case "comparison":
    case "call":
      return change(tree);
  }
}

function rewrite(change: (node: Condition) => Condition): (rule: Entity) => readonly Entity[] {
  return (rule) => {
    const tree = treeOf(rule);
    return [tree === undefined ? rule : { ...rule, rule: printCondition(mapTree(tree, change)) }];
  };
}

function grouped(term: Condition): Condition {
  return { kind: "group", term, span };
}

function negated(term: Condition): Condition {
  return { kind: "not", term: grouped(term), span };
}

function swapCase(value: string): string {
  return value.replaceAll(/\p{L}/gu, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

/** The rewritings of SR-904, R9 and R12, each of which leaves every decision as it is. */
export const rewritings: { readonly [title: string]: (rule: Entity) => readonly Entity[] } = {
  "swapping the sides of =": rewrite((node) =>
    node.kind === "comparison" && ["=", "=="].includes(node.operator)
      ? { ...node, left: node.right, right: node.left }
      : node,
  ),
  "changing the letter case of a text under =, != and like": rewrite((node) =>
    node.kind === "comparison" && ["=", "!=", "like"].includes(node.operator) && node.right.kind === "text"
      ? { ...node, right: { ...node.right, value: swapCase(node.right.value) } }
      : node,
  ),
  "turning the terms of and and or around": rewrite((node) =>
    node.kind === "and" || node.kind === "or" ? { ...node, terms: node.terms.toReversed() } : node,
  ),
  "De Morgan": rewrite((node) =>
    node.kind === "and" || node.kind === "or"
      ? negated({ kind: node.kind === "and" ? "or" : "and", terms: node.terms.map(negated), span })
      : node,
  ),
  "a double negation": rewrite((node) =>
    node.kind === "call" || node.kind === "comparison" ? negated(negated(node)) : node,
  ),
  "more parentheses": rewrite(grouped),
  "&& and || for and and or": (rule) => [
    {
      ...rule,
      rule: textOf(rule, "rule")
        .replaceAll(/\band\b/g, "&&")
        .replaceAll(/\bor\b/g, "||"),
    },
  ],
};

export function twice(rule: Entity): readonly Entity[] {
  return [rule, { ...rule, id: `copy-${rule.id}` }];
}

/** `App*` becomes `App_*` (SR-905). */
export function narrow(rule: Entity): readonly Entity[] {
  return [{ ...rule, resourceFilter: textOf(rule, "resourceFilter").replaceAll(/([a-z])\*/gi, "$1_*") }];
}

/** `App_*` and `App_<id>` become `App*` (SR-905). */
export function widen(rule: Entity): readonly Entity[] {
  const wider = textOf(rule, "resourceFilter").replaceAll(/\b([A-Z][A-Za-z.]*)_(?:\*|[0-9a-f-]{36})/g, "$1*");
  return [{ ...rule, resourceFilter: wider }];
}

export function forEverything(rule: Entity): readonly Entity[] {
  return [{ ...rule, resourceFilter: "*" }];
}

/** The rules of both worlds, the second's with a change. */
export function withOthers(world: RuleWorld, other: RuleWorld, more: Partial<Entity> = {}): readonly Entity[] {
  const others = rulesOf(other).map((rule) => ({
    ...rule,
    ...more,
    id: `other-${rule.id}`,
    name: `other ${textOf(rule, "name")}`,
  }));
  return [...rulesOf(world), ...others];
}

/** Without the rules whose condition mentions a word. */
export function without(world: RuleWorld, word: RegExp): RuleWorld {
  return withRules(
    world,
    rulesOf(world).filter((rule) => !word.test(textOf(rule, "rule"))),
  );
}

/** Renames a word everywhere: in the site, its rules and the questions. */
export function renamed(world: RuleWorld, word: RegExp, by: string): RuleWorld {
  return JSON.parse(JSON.stringify(world).replaceAll(word, by)) as RuleWorld;
}

/** Takes the first value of every custom property list, and the first group of everyone who asks. */
export function withFewerValues(world: RuleWorld): RuleWorld {
  const text = JSON.stringify(world.site, (key, value: unknown) =>
    key === "customProperties" && Array.isArray(value) ? value.slice(1) : value,
  );
  const questions = world.questions.map((question) => ({
    ...question,
    as: { ...question.as, groups: question.as.groups.slice(1) },
  }));
  return { site: JSON.parse(text) as RuleWorld["site"], questions };
}

/** Adds a user, a stream and an app nobody asks about. */
export function withStrangers(world: RuleWorld): RuleWorld {
  const { entities } = world.site;
  const id = "f0000000-0000-4000-8000-000000000001";
  const more = {
    User: [
      { id, userDirectory: "CORP", userId: "zoe", name: "zoe", roles: ["RootAdmin"] },
      ...(entities["User"] ?? []),
    ],
    Stream: [{ id, name: "Sales" }, ...(entities["Stream"] ?? [])],
    App: [{ id, name: "Margin", stream: { id, name: "Sales" } }, ...(entities["App"] ?? [])],
  };
  return { ...world, site: { ...world.site, entities: { ...entities, ...more } } };
}

/** Gives everyone who asks attributes that no rule mentions. */
export function withUnusedAttributes(world: RuleWorld): RuleWorld {
  const questions = world.questions.map((question) => ({
    ...question,
    as: {
      ...question.as,
      attributes: { ...question.as.attributes, shoeSize: ["42"] },
      session: { ...question.as.session, theme: ["dark"] },
    },
  }));
  return { ...world, questions };
}
