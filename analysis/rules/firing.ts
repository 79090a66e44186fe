/** Whether a rule fires for somebody made for one of its clauses. */
import type { Entity, Principal, RequestContext, ResourceRef } from "../../contract/types.ts";
import type { ActionName } from "../../reference/rules/actions.ts";
import { actionBits } from "../../reference/rules/actions.ts";
import { indexResources } from "../../reference/rules/resources.ts";
import { decide, type Policy } from "../../reference/rules/spec.ts";
import type { Rule } from "../../reference/rules/policy.ts";
import type { Made } from "./making.ts";
import { allActions } from "./pool.ts";
import type { Reading, Way } from "./reading.ts";

/** The rules on a site that holds only what was made. */
export function policyOn(policy: Policy, made: Made): Policy {
  const byType = new Map<string, Entity[]>([["User", [made.row]]]);
  for (const { type, entity } of made.things) byType.set(type, [...(byType.get(type) ?? []), entity]);
  const entities = Object.fromEntries(byType);
  return { ...policy, index: indexResources({ entities, apps: {} }) };
}

export function actionsOf(rule: Rule): readonly ActionName[] {
  return allActions.filter((action) => (rule.actions & actionBits[action]) !== 0);
}

export interface Question {
  readonly as: Principal;
  readonly resource: ResourceRef;
  readonly action: ActionName;
  readonly context: RequestContext;
}

/** The question a rule answers for what was made: its first action, where it applies. */
export function questionOf(rule: Rule, { made }: Pick<Way, "made">): Question | undefined {
  const [action] = actionsOf(rule);
  const context = made.context ?? rule.contexts[0];
  return action === undefined || context === undefined
    ? undefined
    : { as: made.user, resource: made.resource, action, context };
}

/** The filter may name single resources, which the made one is not: it then answers for them. */
function opened(rule: Rule): Rule {
  if (!("tree" in rule.filter)) return rule;
  const items = rule.filter.tree.items.map((item) =>
    item.kind === "resource" ? ({ kind: "type", type: item.type } as const) : item,
  );
  const [first, ...rest] = items;
  return first === undefined ? rule : { ...rule, filter: { tree: { ...rule.filter.tree, items: [first, ...rest] } } };
}

export function fires(policy: Policy, rule: Rule, way: Way): boolean {
  const question = questionOf(rule, way);
  if (question === undefined) return false;
  const rules = policy.rules.map((other) => (other === rule ? opened(rule) : other));
  return decide({ ...policyOn(policy, way.made), rules }, question).rules.includes(rule.name);
}

/** Whether it fires on one of the QMC sections its filter names. */
export function firesOnSection(policy: Policy, { rule, sections }: Reading, users: readonly Made[]): boolean {
  return users.some((made) =>
    sections.some((resource) => {
      const question = questionOf(rule, { made });
      return (
        question !== undefined && decide(policyOn(policy, made), { ...question, resource }).rules.includes(rule.name)
      );
    }),
  );
}
