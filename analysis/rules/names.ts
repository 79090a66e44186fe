/** Rules are told by their names, which a site may give twice. */
import type { Entity, Json, Site } from "../../contract/types.ts";

function nameOf(rule: Entity): string {
  const { name } = rule as { readonly name?: Json };
  return typeof name === "string" && name !== "" ? name : rule.id;
}

/** The rules, each with a name of its own: of those of one name, the second on are told with their ids. */
export function rulesNamedApart(rules: readonly Entity[]): readonly Entity[] {
  const names = rules.map(nameOf);
  if (new Set(names).size === names.length) return rules;
  return rules.map((rule, at) => {
    const name = names[at] ?? rule.id;
    return names.indexOf(name) === at ? rule : { ...rule, name: `${name} (${rule.id})` };
  });
}

/** The site with rules that are told apart by their names. */
export function namedApart(site: Site): Site {
  const rules = site.entities["SystemRule"];
  if (rules === undefined) return site;
  return { ...site, entities: { ...site.entities, SystemRule: rulesNamedApart(rules) } };
}
