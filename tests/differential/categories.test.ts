/** Questions of licence and load-balancing rules: specification and naive walk give one answer, whatever the conditions. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dialectOf } from "../../catalogue/dialects.ts";
import type { Entity, Probe } from "../../contract/types.ts";
import { evaluateRules } from "../../mock/rules/evaluate.ts";
import { decideOnSite } from "../../reference/rules/spec.ts";
import {
  anonymous,
  custom,
  entity,
  ownedBy,
  reference,
  rule,
  siteOf,
  user,
  userRow,
} from "../reference/rules/trading-company.ts";

type Question = Omit<Extract<Probe, { kind: "decide" }>, "kind">;

const ann = user("ann", { groups: ["Sales"] });
const documented = dialectOf("documented");

/** Terms of users, nodes and apps, each also where it has no place. */
const conditions: readonly string[] = [
  "",
  'user.group = "Sales"',
  '!(user.group = "Sales")',
  "user.IsAnonymous()",
  "!user.IsAnonymous()",
  "user.name.Empty()",
  "resource.owner = user",
  "resource.owner != user",
  "resource.IsOwned()",
  'node.name = "North"',
  'node.name != "North"',
  'node.name like "n*" or node.name matches "so.*"',
  "node.id = resource.id",
  "node.hostName.Empty()",
  "node.@Tier = resource.@Tier",
  "node.@Tier = resource.@Tier or (node.@Tier.Empty() and resource.@Tier.Empty())",
  "node.@Tier != resource.@Tier",
  "node.Empty()",
  'node.resourcetype = "ServerNodeConfiguration"',
  'user.environment.context = "AppAccess"',
  'resource.HasPrivilege("read")',
  '!resource.stream.HasPrivilege("read") and node.name = "North"',
  'resource.HasPrivilege("loadbalancing")',
  'node.HasPrivilege("read")',
];

const apps: readonly Entity[] = [
  entity("Orders", {
    owner: ownedBy(ann),
    stream: reference("Sales"),
    customProperties: custom({ Tier: ["Prod", "Dev"] }),
  }),
  entity("Draft", { stream: null }),
];
const nodes: readonly Entity[] = [
  entity("North", { hostName: "north.trading.example", customProperties: custom({ Tier: ["Prod"] }) }),
  entity("South", { customProperties: [] }),
];
const groups: readonly Entity[] = [entity("Planners")];
const licence = "License.ProfessionalAccessGroup";

function questions(): readonly Question[] {
  const contexts = ["hub", "qmc"] as const;
  const placed = apps.flatMap(({ id }) =>
    [...nodes.map((node) => node.id), "no such node"].map((node) => ({ id, node, action: "loadbalancing" })),
  );
  const planned = entity("Plan", { customProperties: custom({ Tier: ["Prod"] }) });
  return contexts.flatMap((context): readonly Question[] => [
    ...nodes.map(({ id: node }): Question => {
      return { as: ann, resource: { type: "App", wouldBe: planned }, action: "loadbalancing", node, context };
    }),
    ...placed.map(({ id, node, action }) => ({ as: ann, resource: { type: "App", id }, action, node, context })),
    ...[ann, user("ben"), anonymous].flatMap((as) =>
      groups.map(({ id }) => ({ as, resource: { type: licence, id }, action: "AllowAccess", context })),
    ),
    ...apps.map(({ id }) => ({ as: ann, resource: { type: "App", id }, action: "read", context })),
  ]);
}

describe("the evaluators of licence and load-balancing rules", () => {
  for (const condition of conditions) {
    it(`give one answer to ${condition === "" ? "a blank condition" : condition}`, () => {
      const rules = ["Security", "License", "Sync"].flatMap((category) => [
        rule(category, "* | C", condition, { category }),
        rule(`${category} hub`, "App_*, License* | CR | H", condition, { category }),
      ]);
      const site = siteOf([...rules, rule("Half", "App_* | C", "node.name =", { category: "Sync" })], {
        User: [userRow(ann)],
        Stream: [entity("Sales")],
        App: apps,
        ServerNodeConfiguration: nodes,
        [licence]: groups,
      });
      for (const question of questions()) {
        const { allowed, rules: granting, broken } = decideOnSite(site, question, documented);
        const [walked] = evaluateRules(site, [question], documented);
        const told = { allowed, rules: granting.toSorted(), broken: broken.toSorted() };
        assert.deepEqual(walked, told, JSON.stringify(question));
      }
    });
  }
});
