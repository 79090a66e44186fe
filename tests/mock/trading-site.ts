/** A small trading company: two streams, three apps, two people, four rules. */
import type { Site } from "../../contract/types.ts";

export const tradingSite: Site = {
  entities: {
    User: [
      {
        id: "u1",
        userDirectory: "CORP",
        userId: "ann",
        name: "Ann",
        roles: [],
        attributes: [{ attributeType: "group", attributeValue: "Sales" }],
      },
      { id: "u2", userDirectory: "CORP", userId: "ben", name: "Ben", roles: [] },
    ],
    Stream: [
      { id: "s1", name: "Sales" },
      { id: "s2", name: "Finance" },
    ],
    App: [
      { id: "a1", name: "Orders", owner: { id: "u1" }, stream: { id: "s1" }, published: true },
      { id: "a2", name: "Budget", owner: { id: "u2" }, stream: { id: "s2" }, published: true },
      { id: "a3", name: "O'Neill", owner: { id: "u1" }, stream: null },
    ],
    "App.Object": [{ id: "o1", name: "Sheet", objectType: "sheet", app: { id: "a1" } }],
    SystemRule: [
      {
        id: "r1",
        name: "SalesStream",
        category: "Security",
        resourceFilter: "Stream_*",
        actions: 2,
        rule: 'user.group="Sales" and resource.name="Sales"',
        ruleContext: 0,
        disabled: false,
      },
      {
        id: "r2",
        name: "Inherit",
        category: "Security",
        resourceFilter: "App_*",
        actions: 2,
        rule: 'resource.stream.HasPrivilege("read")',
        ruleContext: 0,
        disabled: false,
      },
      {
        id: "r3",
        name: "Off",
        category: "Security",
        resourceFilter: "App_*",
        actions: 4,
        rule: "",
        ruleContext: 0,
        disabled: true,
      },
      {
        id: "r4",
        name: "Own",
        category: "Security",
        resourceFilter: "App_*",
        actions: 15,
        rule: "resource.owner = user",
        ruleContext: 1,
        disabled: false,
      },
    ],
  },
  apps: {},
};
