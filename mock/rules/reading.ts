/** Changing how a rule is read. */
import type { Entity } from "../../contract/types.ts";
import type { Seams } from "../seams.ts";

/** The seams with every condition read as another text. */
export function withCondition(seams: Seams, change: (condition: string) => string): Seams {
  const read = (rule: Entity): Entity => {
    const text = rule["rule"] ?? "";
    return typeof text === "string" ? { ...rule, rule: change(text) } : rule;
  };
  return { ...seams, rules: { ...seams.rules, readRule: (rule) => read(seams.rules.readRule(rule)) } };
}
