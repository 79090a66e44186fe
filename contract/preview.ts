import type { Entity, Site } from "./types.ts";

/** The site with a rule tried out (SR-704): on every resource of the type, for every action, in both contexts. */
export function withPreview(site: Site, type: string, condition: string): Site {
  const rule: Entity = {
    id: "preview",
    name: "preview",
    category: "Security",
    type: "Custom",
    resourceFilter: `${type}_*`,
    actions: 8191,
    rule: condition,
    ruleContext: 0,
    disabled: false,
  };
  return { ...site, entities: { ...site.entities, SystemRule: [...(site.entities["SystemRule"] ?? []), rule] } };
}
