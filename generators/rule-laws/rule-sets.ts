/** Laws about rules as wholes: how many, in which order, for which actions, contexts and resources. */
import type { Entity } from "../../contract/types.ts";
import type { FilterItem } from "../../languages/resource-filter/ast.ts";
import { printItem } from "../../languages/resource-filter/print.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import type { Condition } from "../../languages/rule-condition/ast.ts";
import { thingId } from "../rule-vocabulary.ts";
import {
  alike,
  decideAt,
  everywhere,
  noLess,
  noMore,
  unlike,
  type PosedRules,
  type RuleLaw,
  type RuleQuestion,
  type RuleScene,
} from "./posing.ts";
import {
  conditionOf,
  itemsOf,
  negatesPrivileges,
  replacedRules,
  ruleOver,
  rulesOf,
  usesPrivileges,
  withRules,
} from "./rewriting.ts";
import { filterFor, isUser, personOf } from "./scene.ts";

const unnegated = {
  ...everywhere,
  worlds: { negatedPrivileges: false },
  guardedFor: "what asks by `!` whether a right is missing grants less where that right is granted",
  guard: ({ site }: RuleScene): boolean => !negatesPrivileges(site),
} as const;

/** Half of the rules, told by their ids: whichever rule goes, the others stay on their sides. */
function isFirstHalf({ id }: Entity): boolean {
  return Number.parseInt(id.slice(-1), 16) % 2 === 0;
}

const another: RuleLaw = {
  ...unnegated,
  id: "R1",
  says: "allows no less after further rules",
  because: ["SR-103"],
  pose: ({ site, question }) => {
    const rules = rulesOf(site);
    const first = rules.filter(isFirstHalf);
    if (first.length === rules.length) return undefined;
    const fewer = { site: withRules(site, first), question };
    return noLess(fewer, { site, question });
  },
};

const order: RuleLaw = {
  ...everywhere,
  id: "R2",
  says: "decides the same whatever the order of rules and however often one stands there",
  because: ["SR-102", "SR-104"],
  pose: ({ site, question }) => {
    const reversed = withRules(site, rulesOf(site).toReversed());
    const twice = replacedRules(reversed, (rule) => [rule, rule]);
    return rulesOf(site).length === 0 ? undefined : alike({ site, question }, { site: twice, question });
  },
};

const disabled: RuleLaw = {
  ...everywhere,
  id: "R3",
  says: "decides by disabled rules as if they were gone",
  because: ["SR-131"],
  pose: ({ site, question }) => {
    const rules = rulesOf(site);
    const off = rules.map((rule) => (isFirstHalf(rule) ? rule : { ...rule, disabled: true }));
    const first = rules.filter(isFirstHalf);
    const gone = { site: withRules(site, first), question };
    return first.length === rules.length ? undefined : alike({ site: withRules(site, off), question }, gone);
  },
};

interface Parts {
  readonly sites: PosedRules["sites"];
  readonly names: readonly string[];
}

/** The rule set, and each of its rules alone. */
function eachAlone({ site }: RuleScene): Parts | undefined {
  const alone = rulesOf(site).map((rule, at) => [`rule-${at}`, withRules(site, [rule])] as const);
  if (alone.length === 0) return undefined;
  return { sites: { main: site, ...Object.fromEntries(alone) }, names: alone.map(([name]) => name) };
}

function asksAlone(names: readonly string[], question: RuleQuestion): PosedRules["asks"] {
  return names.map((name) => decideAt(name, name, question));
}

const someRule: RuleLaw = {
  ...everywhere,
  id: "R4",
  says: "allows what some rule of the set allows alone, and nothing else",
  because: ["SR-101", "SR-102"],
  worlds: { privileges: false },
  guardedFor: "by HasPrivilege one rule grants what another lets it",
  guard: ({ site }) => !usesPrivileges(site),
  pose: (scene) => {
    const parts = eachAlone(scene);
    if (parts === undefined) return undefined;
    const whole = decideAt("main", "whole", scene.question);
    const asks = asksAlone(parts.names, scene.question);
    return { sites: parts.sites, asks: [{ ...whole, relation: { holds: "union", to: parts.names } }, ...asks] };
  },
};

const eachRule: RuleLaw = {
  ...unnegated,
  id: "R4 each",
  says: "allows what one of its rules allows alone",
  because: ["SR-101", "SR-102"],
  pose: (scene) => {
    const parts = eachAlone(scene);
    if (parts === undefined) return undefined;
    const asks = asksAlone(parts.names, scene.question);
    const within = asks.map((ask) => ({ ...ask, relation: { holds: "within", to: ["whole"] } as const }));
    return { sites: parts.sites, asks: [decideAt("main", "whole", scene.question), ...within] };
  },
};

/** The scene, and the one in which each rule is taken apart; undefined when none can be. */
function takenApart({ site, question }: RuleScene, parts: (rule: Entity) => readonly Entity[]): PosedRules | undefined {
  const apart = replacedRules(site, parts);
  if (rulesOf(apart).length <= rulesOf(site).length) return undefined;
  return alike({ site, question }, { site: apart, question });
}

function bitsOf(mask: unknown): readonly number[] {
  const bits = Array.from({ length: 13 }, (_, at) => 2 ** at);
  return bits.filter((bit) => typeof mask === "number" && (mask & bit) !== 0);
}

const actions: RuleLaw = {
  ...everywhere,
  id: "R5",
  says: "decides by a rule for several actions as by a rule for each",
  because: ["SR-231", "SR-105"],
  pose: (scene) => takenApart(scene, (rule) => bitsOf(rule["actions"]).map((bit) => ({ ...rule, actions: bit }))),
};

const items: RuleLaw = {
  ...everywhere,
  id: "R6",
  says: "decides by a filter of several items as by a rule for each item",
  because: ["SR-201"],
  pose: (scene) =>
    takenApart(scene, (rule) => {
      const parts = itemsOf(rule);
      return parts.length < 2 ? [rule] : parts.map((item) => ({ ...rule, resourceFilter: printItem(item) }));
    }),
};

/** The terms of an `or` that nothing stands around. */
function alternatives(tree: Condition): readonly Condition[] {
  if (tree.kind === "group") return alternatives(tree.term);
  return tree.kind === "or" ? tree.terms.flatMap(alternatives) : [tree];
}

const either: RuleLaw = {
  ...everywhere,
  id: "R6 or",
  says: "decides by a condition with `or` as by a rule for each side",
  because: ["SR-301", "SR-102"],
  reading: { precedence: "andFirst" },
  pose: (scene) =>
    takenApart(scene, (rule) => {
      const tree = conditionOf(rule);
      const sides = tree === undefined ? [] : alternatives(tree);
      return sides.length < 2 ? [rule] : sides.map((side) => ({ ...rule, rule: printCondition(side) }));
    }),
};

function narrower(item: FilterItem, { resource }: RuleQuestion): FilterItem {
  switch (item.kind) {
    case "everything":
      return resource.type === "TransientObject" ? item : { kind: "typePrefix", type: resource.type };
    case "typePrefix":
      return { kind: "type", type: item.type };
    case "type": {
      const isAsked = "id" in resource && resource.type === item.type;
      return { kind: "resource", type: item.type, id: isAsked ? resource.id : thingId(item.type, 0) };
    }
    case "resource":
    case "section":
      return item;
  }
}

const filters: RuleLaw = {
  ...unnegated,
  id: "R8",
  says: "allows no more when filters cover one type instead of all whose names begin so, or one resource instead of a type",
  because: ["SR-203", "SR-204", "SR-205"],
  pose: ({ site, question }) => {
    const narrowed = rulesOf(site).map((rule) => {
      const parts = itemsOf(rule).map((item) => printItem(narrower(item, question)));
      return parts.length === 0 ? rule : { ...rule, resourceFilter: parts.join(", ") };
    });
    return noMore({ site, question }, { site: withRules(site, narrowed), question });
  },
};

/** One rule over the type asked about, without any condition. */
function opened({ site, question }: RuleScene): RuleScene {
  return { site: withRules(site, [ruleOver(filterFor(question), "")]), question };
}

const blank: RuleLaw = {
  ...everywhere,
  id: "R13",
  says: "allows everybody by a rule without condition what any rules allow anybody",
  because: ["SR-109"],
  pose: ({ site, question }) => {
    const others = (site.entities["User"] ?? []).filter((row) => !isUser(row, question.as)).slice(0, 2);
    const anyone = others.map((row, at) => {
      const as = personOf(row);
      const ask = decideAt("open", `other-${at}`, { ...question, as });
      return { ...ask, relation: { holds: "equal", to: ["open"] } } as const;
    });
    const before = decideAt("main", "before", question);
    return {
      sites: { main: site, open: opened({ site, question }).site },
      asks: [{ ...before, relation: { holds: "within", to: ["open"] } }, decideAt("open", "open", question), ...anyone],
    };
  },
};

const contexts: RuleLaw = {
  ...everywhere,
  id: "R14",
  says: "decides by a rule for both contexts as by one for the hub and one for the QMC",
  because: ["SR-121", "SR-122"],
  pose: (scene) =>
    takenApart(scene, (rule) =>
      rule["ruleContext"] === 0 ? [1, 2].map((ruleContext) => ({ ...rule, ruleContext })) : [rule],
    ),
};

const nothing: RuleLaw = {
  ...everywhere,
  id: "R17",
  says: "allows nothing without rules, which a rule without condition allows",
  because: ["SR-101"],
  pose: (scene) => unlike(opened(scene), { ...scene, site: withRules(scene.site, []) }),
};

export const lawsOfRuleSets: readonly RuleLaw[] = [
  another,
  order,
  disabled,
  someRule,
  eachRule,
  actions,
  items,
  either,
  filters,
  blank,
  contexts,
  nothing,
];
