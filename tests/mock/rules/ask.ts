/** Small sites and questions for the tests of the rules. */
import { dialectOf, type Dialect } from "../../../catalogue/dialects.ts";
import type { Entity, Json, Principal, RequestContext, ResourceRef, Site } from "../../../contract/types.ts";
import { evaluateRules } from "../../../mock/rules/evaluate.ts";
import type { RuleAnswer } from "../../../mock/rules/model.ts";
import { plainRules } from "../../../mock/rules/plain.ts";
import type { RuleSeams } from "../../../mock/rules/seams.ts";

export type Rule = readonly [
  name: string,
  filter: string,
  actions: number,
  condition: string,
  more?: { readonly [field: string]: Json },
];

function ruleOf([name, resourceFilter, actions, rule, more]: Rule): Entity {
  return {
    id: `rule-${name}`,
    name,
    category: "Security",
    resourceFilter,
    actions,
    rule,
    ruleContext: 0,
    disabled: false,
    ...more,
  };
}

export function siteOf(entities: { readonly [type: string]: readonly Entity[] }, rules: readonly Rule[]): Site {
  return { entities: { ...entities, SystemRule: rules.map(ruleOf) }, apps: {} };
}

export function person(id: string, ...groups: readonly string[]): Principal {
  return { directory: "CORP", id, groups, attributes: {}, session: {} };
}

export const anonymous: Principal = { directory: "NONE", id: "anonymous-1", groups: [], attributes: {}, session: {} };

export function custom(values: { readonly [name: string]: readonly string[] }): Json {
  return Object.entries(values).flatMap(([name, list]) => list.map((value) => ({ value, definition: { name } })));
}

export interface Question {
  readonly as: Principal;
  readonly resource: ResourceRef;
  readonly action?: string;
  readonly context?: RequestContext;
}

export function answer(site: Site, question: Question, how: { dialect?: Dialect; seams?: RuleSeams } = {}): RuleAnswer {
  const asked = { action: "read", context: "hub" as const, ...question };
  const [found] = evaluateRules(site, [asked], how.dialect ?? dialectOf("documented"), how.seams ?? plainRules);
  if (found === undefined) throw new Error("no answer");
  return found;
}

export function allowed(site: Site, question: Question, how: { dialect?: Dialect; seams?: RuleSeams } = {}): boolean {
  return answer(site, question, how).allowed;
}
