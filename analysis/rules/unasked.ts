/**
 * What a person would want to know of a rule set without asking: rules that cannot fire, branches without a test of the
 * user, rights that reach further than the rest of the rule suggests. Each finding names the rule and its requirement.
 */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Site } from "../../contract/types.ts";
import { policyOf } from "../../reference/rules/spec.ts";
import type { RuleSet, Unasked } from "./finding.ts";
import { namedApart } from "./names.ts";
import { aboutSite } from "./unasked-site.ts";
import { aboutFilter } from "./unasked-filter.ts";
import { aboutRule } from "./unasked-rule.ts";
import { aboutWords } from "./unasked-words.ts";
import { readingOf } from "./reading.ts";

/** Whether the export holds custom rules alone, as a filter on their type gives. */
export function isPartial({ entities }: Site): boolean {
  const others = Object.entries(entities).some(([type, list]) => type !== "SystemRule" && list.length > 0);
  return !others && (entities["SystemRule"] ?? []).every(({ type }) => type === undefined || type === "Custom");
}

function brokenRules({ policy }: RuleSet): readonly Unasked[] {
  return policy.rules.flatMap((rule): Unasked[] => {
    const fault =
      "fault" in rule.filter ? rule.filter.fault : "fault" in rule.condition ? rule.condition.fault : undefined;
    if (fault === undefined || rule.disabled) return [];
    const text = `the rule cannot be read and grants nothing: ${fault}`;
    return [{ kind: "broken-rule", weight: "nothing", rule: rule.name, requirement: "SR-110", text }];
  });
}

/** Licence and load-balancing rules give no right: what is asked of them is whether they say what they mean. */
function ofOtherCategories(set: RuleSet): readonly Unasked[] {
  const { policy, site } = set;
  const rules = policy.rules.filter(({ disabled, category }) => !disabled && ["License", "Sync"].includes(category));
  return rules.flatMap((rule) => {
    const reading = readingOf(policy, site, rule);
    return [...aboutFilter(rule), ...(reading === undefined ? [] : aboutWords(set, reading))];
  });
}

/** Every finding about the rules of a site, in the order of its rules. */
export function unasked(given: Site, dialect: Dialect): readonly Unasked[] {
  const site = namedApart(given);
  const policy = policyOf(site, dialect);
  const enabled = policy.rules.filter(({ disabled, category }) => !disabled && category === "Security");
  const readings = enabled.flatMap((rule) => readingOf(policy, site, rule) ?? []);
  const set: RuleSet = { site, policy, dialect, readings, partial: isPartial(site) };
  const found = [
    ...brokenRules(set),
    ...enabled.flatMap(aboutFilter),
    ...ofOtherCategories(set),
    ...readings.flatMap((reading) => [
      ...aboutRule(set, reading),
      ...aboutWords(set, reading),
      ...(reading.types.length === 0 ? [] : aboutSite(set, reading)),
    ]),
  ];
  const order = new Map(policy.rules.map(({ name }, at) => [name, at]));
  return found.toSorted((a, b) => (order.get(a.rule) ?? 0) - (order.get(b.rule) ?? 0));
}
