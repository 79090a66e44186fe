/** What an intent is told: against every question asked of the specification, and witnesses of which nothing can go. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judgeIntent, type Finding } from "../../../analysis/rules/intent.ts";
import { describeResource, type Witness } from "../../../analysis/rules/witness.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Entity, Json, Principal, ResourceRef, Site } from "../../../contract/types.ts";
import { randomRuleWorld } from "../../../generators/rules.ts";
import { parseIntents } from "../../../intake/intents.ts";
import { indexResources } from "../../../reference/rules/resources.ts";
import { decide, policyOf, type Policy } from "../../../reference/rules/spec.ts";
import { entity, guid, ownedBy, rule, siteOf, user, userRow } from "../../reference/rules/trading-company.ts";
import { withRules } from "./customer-lessons.ts";

const dialect = dialectOf("documented");

interface Asked {
  readonly kind: "never" | "always" | "list";
  readonly action: string;
  readonly who: string;
  readonly where: string;
  readonly on: string;
}

function judged(asked: Asked, site: Site, people: readonly Principal[]): Finding {
  const { kind, action, who, where, on } = asked;
  const text = JSON.stringify([{ title: "as asked", [kind]: action, who, where, on, context: "hub" }]);
  const [intent] = parseIntents(text, "intents.yaml");
  assert.ok(intent !== undefined);
  return judgeIntent(intent, site, people, dialect);
}

/** The intent as a rule of its own: it allows exactly what is meant. */
function meantBy({ who, where, on }: Asked, site: Site): Policy {
  return policyOf(withRules(site, [rule("meant", `${on} | all`, `(${who}) and (${where})`)]), dialect);
}

function refsIn(site: Site, on: string): readonly ResourceRef[] {
  const type = on.replace("_*", "");
  return (site.entities[type] ?? []).map(({ id }) => ({ type, id }));
}

const asks: readonly Asked[] = [
  { kind: "never", action: "read", who: '!(user.group = "Sales")', where: "!(resource.owner = user)", on: "App_*" },
  { kind: "never", action: "update", who: "!user.IsAnonymous()", where: 'resource.name like "*a*"', on: "Stream_*" },
  { kind: "always", action: "read", who: "!user.IsAnonymous()", where: "resource.owner = user", on: "App_*" },
  { kind: "list", action: "publish", who: 'user.name like "*"', where: 'resource.name like "*"', on: "App_*" },
];

/** Pairs of the site's own the specification answers as the intent asks about. */
function pairsOf(asked: Asked, site: Site, people: readonly Principal[]): readonly string[] {
  const [rules, meant] = [policyOf(site, dialect), meantBy(asked, site)];
  return people.flatMap((as) =>
    refsIn(site, asked.on).flatMap((resource) => {
      const question = { as, resource, context: "hub" } as const;
      if (!decide(meant, { ...question, action: "read" }).allowed) return [];
      const { allowed } = decide(rules, { ...question, action: asked.action });
      const told = `${as.directory}\\${as.id} ${"id" in resource ? resource.id : ""}`;
      return allowed === (asked.kind !== "always") ? [told] : [];
    }),
  );
}

function fieldsLess(one: Entity): readonly Entity[] {
  const lists = ["customProperties", "attributes", "roles"].flatMap((name) => {
    const list = one[name];
    if (!Array.isArray(list)) return [];
    return list.map((_: Json, at) => ({ ...one, [name]: list.filter((__: Json, other) => other !== at) }));
  });
  const kept = new Set(["id", "name", "userId", "userDirectory", "customProperties", "attributes", "roles"]);
  const fields = Object.keys(one).filter((name) => !kept.has(name));
  return [
    ...lists,
    ...fields.map((name) => ({
      ...Object.fromEntries(Object.entries(one).filter(([key]) => key !== name)),
      id: one.id,
    })),
  ];
}

/** Everything that could go from a witness, once each: things, what they carry, groups, attributes of the session. */
function partsLess(witness: Witness): readonly Witness[] {
  const { site, user: who, resource } = witness;
  const withList = (type: string, list: readonly Entity[]): Witness => ({
    ...witness,
    site: { ...site, entities: { ...site.entities, [type]: list } },
  });
  const things = Object.entries(site.entities).filter(([type]) => type !== "SystemRule");
  const gone = things.flatMap(([type, list]) =>
    list
      .filter(({ id }) => !("id" in resource) || id !== resource.id)
      .map((one) =>
        withList(
          type,
          list.filter((other) => other !== one),
        ),
      ),
  );
  const smaller = things.flatMap(([type, list]) =>
    list.flatMap((one) =>
      fieldsLess(one).map((less) =>
        withList(
          type,
          list.map((other) => (other === one ? less : other)),
        ),
      ),
    ),
  );
  const groups = who.groups.map((group) => ({
    ...witness,
    user: { ...who, groups: who.groups.filter((other) => other !== group) },
  }));
  const session = Object.keys(who.session).map((name) => ({
    ...witness,
    user: { ...who, session: Object.fromEntries(Object.entries(who.session).filter(([key]) => key !== name)) },
  }));
  return [...gone, ...smaller, ...groups, ...session];
}

/** Whether the pair is meant and answered against the intent, by the specification. */
function breaks(asked: Asked, { site, user: as, resource, action, context }: Witness): boolean {
  const index = indexResources(site);
  const question = { as, resource, context };
  const meant = decide({ ...meantBy(asked, site), index }, { ...question, action: "read" }).allowed;
  return (
    meant && decide({ ...policyOf(site, dialect), index }, { ...question, action }).allowed === (asked.kind === "never")
  );
}

describe("an intent", () => {
  it("is answered as the specification answers every question it means, with a witness of which nothing can go", () => {
    const seen = { holds: 0, broken: 0, listed: 0, vacuous: 0 };
    let [madeUp, parts] = [0, 0];
    for (let index = 0; index < 40; index++) {
      const { site, principals } = randomRuleWorld(17, index);
      const people = principals.filter(({ directory }) => directory !== "NONE").slice(0, (index % 3) * 2);
      const asked = asks[index % asks.length];
      assert.ok(asked !== undefined);
      const finding = judged(asked, site, people);
      seen[finding.kind] += 1;
      const own = pairsOf(asked, site, people);
      if (finding.kind === "listed") {
        const told = finding.hits.map(({ user: who, resource }) => {
          return `${who.directory}\\${who.id} ${"id" in resource ? resource.id : ""}`;
        });
        assert.deepEqual(told.toSorted(), own.toSorted(), `world ${index}`);
        continue;
      }
      if (finding.kind !== "broken") {
        assert.deepEqual(own, [], `world ${index}`);
        continue;
      }
      const { witness } = finding;
      assert.equal(own.length > 0, witness.existing, `world ${index}`);
      assert.ok(breaks(asked, witness), `world ${index}`);
      if (witness.existing) continue;
      madeUp += 1;
      for (const less of partsLess(witness)) {
        assert.ok(!breaks(asked, less), `world ${index}: a part could go`);
        parts += 1;
      }
    }
    assert.ok(
      seen.broken > 3 && seen.listed > 3 && seen.holds > 0 && madeUp > 3 && parts > 3,
      JSON.stringify({ ...seen, madeUp, parts }),
    );
  });

  const plans = siteOf([rule("Own plans", "App_* | C", 'resource.owner = user and resource.name like "Plan*"')], {
    User: [userRow(user("ben"))],
    App: [
      { ...entity("Plan of May"), owner: ownedBy(user("ann")) },
      { ...entity("Orders"), owner: ownedBy(user("ann")) },
    ],
  });

  it("about creation is asked of what would be, owned by who makes it", () => {
    const asked = { kind: "always", action: "create", who: "!user.IsAnonymous()", on: "App_*" } as const;
    assert.equal(judged({ ...asked, where: 'resource.name like "Plan*"' }, plans, [user("ben")]).kind, "holds");
    const broken = judged({ ...asked, where: 'resource.name like "O*"' }, plans, [user("ben")]);
    assert.equal(broken.kind === "broken" ? describeResource(broken.witness) : "", "new App Orders");
  });

  it("that lists creation tells what like each thing could be made, and by whom", () => {
    const asked = {
      kind: "list",
      action: "create",
      who: 'user.name like "*"',
      where: 'resource.name like "*"',
      on: "App_*",
    } as const;
    const finding = judged(asked, plans, [user("ben")]);
    assert.deepEqual(
      finding.kind === "listed"
        ? finding.hits.map(({ user: { id }, resource, rules }) => [
            id,
            "wouldBe" in resource && resource.wouldBe["name"],
            rules,
          ])
        : [],
      [["ben", "Plan of May", ["Own plans"]]],
    );
    assert.ok(!JSON.stringify(finding).includes(guid("Orders")));
  });
});
