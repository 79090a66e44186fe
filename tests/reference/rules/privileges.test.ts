/** Golden answers for HasPrivilege, creation, owner rights and shipped rules (catalogue §3.10 to §3.12, §4.6). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Entity, ResourceRef } from "../../../contract/types.ts";
import {
  anonymous,
  at,
  custom,
  decision,
  entity,
  guid,
  ownedBy,
  reference,
  rule,
  siteOf,
  user,
} from "./trading-company.ts";

const ann = user("ann");
const ben = user("ben", { groups: ["Sales"] });
const things = {
  Stream: [entity("Sales"), entity("Finance")],
  App: [
    entity("Margin", { stream: reference("Sales"), owner: ownedBy(ann) }),
    entity("Cost", { stream: reference("Finance") }),
    entity("Draft", { stream: null, owner: ownedBy(ann) }),
  ],
  ContentLibrary: [entity("Pictures"), entity("Icons")],
  StaticContentReference: [
    entity("logo.png", { contentLibrarys: [reference("Pictures"), reference("Icons")] }),
    entity("loose.png", { contentLibrarys: [] }),
  ],
};
const margin = at("App", "Margin");
const streamRule = rule(
  "Stream",
  "App* | R | B",
  'resource.resourcetype = "App" and resource.stream.HasPrivilege("read")',
);
const salesReaders = rule("Sales readers", `Stream_${guid("Sales")} | R | B`, 'user.group="Sales"');

function answer(rules: readonly Entity[], who = ben, what: readonly [string, ResourceRef] = ["read", margin]): string {
  const { allowed, broken } = decision(siteOf(rules, things), who, what);
  return allowed ? "granted" : broken.length > 0 ? `refused, broken: ${broken.join()}` : "refused";
}

describe("HasPrivilege", () => {
  it("SR-471 lets an app be read by who may read its stream", () => {
    assert.equal(answer([streamRule, salesReaders]), "granted");
    assert.equal(answer([streamRule, salesReaders], ann), "refused");
    assert.equal(answer([streamRule, salesReaders], ben, ["read", at("App", "Cost")]), "refused");
    assert.equal(answer([streamRule, salesReaders], ben, ["update", margin]), "refused");
  });

  it("SR-471 says why the stream was or was not granted", () => {
    const evidence = (who: typeof ben): string =>
      decision(siteOf([streamRule, salesReaders], things), who, ["read", margin])
        .because.map((reason) => `${reason.requirement} ${reason.evidence}`)
        .join("\n");
    assert.match(evidence(ben), /SR-471 .*granted on Stream_[\s\S]*user\.group = "Sales": "Sales" against "Sales"/);
    assert.match(evidence(ann), /SR-471 .*not granted on Stream_[\s\S]*user\.group has no value/);
  });

  it("SR-472 asks for another action on the same resource", () => {
    const rules = [rule("export", "App_* | A | B", 'resource.HasPrivilege("Read")')];
    assert.equal(answer([...rules, streamRule, salesReaders], ben, ["exportdata", margin]), "granted");
    assert.equal(answer(rules, ben, ["exportdata", margin]), "refused");
  });

  it("SR-473 grants nothing by a rule that leans on itself", () => {
    const self = rule("self", "App_* | R | B", 'resource.HasPrivilege("read")');
    assert.equal(answer([self]), "refused");
    assert.equal(answer([self, streamRule, salesReaders]), "granted");
  });

  it("SR-473 grants nothing by two rules that lean on each other, in either order", () => {
    const reads = rule("reads", "App_* | R | B", 'resource.HasPrivilege("update")');
    const updates = rule(
      "updates",
      "App_* | U | B",
      'resource.HasPrivilege("read") or resource.HasPrivilege("publish")',
    );
    const publishes = rule("publishes", "App_* | P | B", 'user.group="Sales"');
    for (const rules of [
      [reads, updates],
      [updates, reads],
    ]) {
      assert.equal(answer(rules), "refused");
      assert.equal(answer(rules, ben, ["update", margin]), "refused");
      assert.equal(answer([...rules, publishes]), "granted");
      assert.equal(answer([...rules, publishes], ben, ["update", margin]), "granted");
    }
  });

  it("SR-473 forgets a no that was found while another answer was open", () => {
    // Read needs update; update asks read first (still open there), then publish; publish needs update and has another way.
    const rules = [
      rule("read", "App_* | R | B", 'resource.HasPrivilege("publish") and resource.HasPrivilege("update")'),
      rule("publish", "App_* | P | B", 'resource.HasPrivilege("update")'),
      rule("update", "App_* | U | B", 'resource.HasPrivilege("publish")'),
      rule("update too", "App_* | U | B", 'user.group="Sales"'),
    ];
    for (const order of [rules, rules.toReversed()]) {
      for (const action of ["read", "publish", "update"])
        assert.equal(answer(order, ben, [action, margin]), "granted", action);
      for (const action of ["read", "publish", "update"])
        assert.equal(answer(order, ann, [action, margin]), "refused", action);
    }
  });

  it("SR-473 breaks a rule that denies what it depends on, and no other", () => {
    const liar = rule("liar", "App_* | R | B", '!resource.HasPrivilege("read")');
    assert.equal(answer([liar]), "refused, broken: liar");
    assert.equal(answer([liar, streamRule, salesReaders]), "granted");
    const around = rule("around", "App_* | U | B", 'resource.HasPrivilege("read")');
    const denying = rule("denying", "App_* | R | B", '!(resource.HasPrivilege("update"))');
    assert.equal(answer([denying, around]), "refused, broken: denying");
    assert.equal(answer([denying, around], ben, ["update", margin]), "refused");
  });

  it("SR-473 answers a negated question that comes back to nothing of its own", () => {
    const rules = [rule("hidden", "App_* | R | B", '!resource.stream.HasPrivilege("read")'), salesReaders];
    assert.equal(answer(rules, ben), "refused");
    assert.equal(answer(rules, ann), "granted");
    assert.equal(answer([rule("twice", "App_* | R | B", '!(!resource.HasPrivilege("read"))')], ann), "refused");
  });

  it("SR-474 fails without a target", () => {
    assert.equal(
      answer([rule("all", "Stream_* | all | B", ""), streamRule], ann, ["read", at("App", "Draft")]),
      "refused",
    );
  });

  it("SR-475 holds when any of several targets is granted", () => {
    const rules = [
      rule(
        "Content library content",
        "StaticContentReference_* | R | B",
        'resource.ContentLibrarys.HasPrivilege("read")',
      ),
      rule("icons", `ContentLibrary_${guid("Icons")} | R | B`, 'user.group="Sales"'),
    ];
    assert.equal(answer(rules, ben, ["read", at("StaticContentReference", "logo.png")]), "granted");
    assert.equal(answer(rules, ann, ["read", at("StaticContentReference", "logo.png")]), "refused");
    assert.equal(answer(rules, ben, ["read", at("StaticContentReference", "loose.png")]), "refused");
  });

  it("SR-476 does not count disabled rules and rules of another context", () => {
    for (const change of [{ disabled: true }, { ruleContext: 2 }, { category: "License" }]) {
      assert.equal(answer([streamRule, { ...salesReaders, ...change }]), "refused");
    }
  });
});

const newApp: Entity = entity("new app");

function create(rules: readonly Entity[], body: Partial<Entity>, who = ann, type = "App"): boolean {
  return decision(siteOf(rules, things), who, ["create", { type, wouldBe: entity("new app", body) }]).allowed;
}

function sheet(app: string): Partial<Entity> {
  return { objectType: "sheet", app: reference(app) };
}

describe("identity", () => {
  it("keeps a stream and an app with the same id apart, and ids that begin alike", () => {
    const [one, two] = ["5ee0a3f2-1b4c-4d5e-8f60-7a8b9c0d1e01", "5ee0a3f2-1b4c-4d5e-8f60-7a8b9c0d1e02"];
    const site = siteOf([rule("one", `Stream_${one} | R | B`, 'resource.name="Sales"'), streamRule], {
      Stream: [
        { id: one, name: "Sales" },
        { id: two, name: "Sales" },
      ],
      App: [
        { id: one, name: "Margin", stream: { id: two } },
        { id: two, name: "Cost", stream: { id: one } },
      ],
    });
    const granted = (type: string, id: string): boolean => decision(site, ann, ["read", { type, id }]).allowed;
    assert.deepEqual([granted("Stream", one), granted("Stream", two)], [true, false]);
    assert.deepEqual([granted("App", one), granted("App", two)], [false, true]);
  });
});

describe("creation", () => {
  it("SR-501, SR-502 takes the caller as owner when the body names none", () => {
    const own = [rule("own", "App_* | C | B", "resource.IsOwned() and resource.owner = user")];
    assert.equal(create(own, {}), true);
    assert.equal(create(own, { owner: null }), true);
    assert.equal(create(own, { owner: ownedBy(ann) }), true);
    assert.equal(create(own, { owner: ownedBy(ben) }), false);
    assert.equal(create(own, { owner: ownedBy(user("ann", { directory: "LAB" })) }), false);
  });

  it("SR-501 previews the owner's other rights on the would-be app", () => {
    const rules = siteOf([rule("own", "App_* | CRU | B", "resource.owner = user")], things);
    assert.equal(decision(rules, ann, ["update", { type: "App", wouldBe: newApp }]).allowed, true);
  });

  it("SR-503 takes what the body does not say as missing", () => {
    const rules = [rule("dep", "App_* | C | H", "resource.@Dep=user.group")];
    assert.equal(create(rules, {}, ben), false);
    assert.equal(create(rules, { customProperties: custom({ Dep: ["Sales"] }) }, ben), true);
  });

  it("SR-504 looks at the app when an object is created in it", () => {
    const rules = [
      rule(
        "objects",
        "App.Object_* | C | B",
        '!resource.App.stream.Empty() and resource.App.HasPrivilege("read") and resource.objectType = "sheet"',
      ),
      streamRule,
      salesReaders,
    ];
    assert.equal(create(rules, sheet("Margin"), ben, "App.Object"), true);
    assert.equal(create(rules, sheet("Cost"), ben, "App.Object"), false);
    assert.equal(create(rules, sheet("Draft"), ben, "App.Object"), false);
    assert.equal(create(rules, { ...sheet("Margin"), objectType: "measure" }, ben, "App.Object"), false);
    assert.equal(create(rules, sheet("Margin"), ann, "App.Object"), false);
  });

  it("SR-505 lets signed-in users create apps in the hub only, by the shipped rule", () => {
    const shipped = siteOf([rule("CreateApp", "App_* | C | H", "!user.IsAnonymous()")]);
    const create_: readonly [string, ResourceRef] = ["create", { type: "App", wouldBe: newApp }];
    assert.equal(decision(shipped, ann, create_).allowed, true);
    assert.equal(decision(shipped, ann, create_, { context: "qmc" }).allowed, false);
    assert.equal(decision(shipped, anonymous, create_).allowed, false);
  });

  it("SR-506 gives no right to what was created", () => {
    const rules = siteOf([rule("CreateApp", "App_* | C | H", "")], { App: [newApp] });
    assert.equal(decision(rules, ann, ["read", { type: "App", id: newApp.id }]).allowed, false);
  });
});

describe("shipped rules and worked examples", () => {
  const owner = rule("OwnerNonModificationActions", "* | REP | B", "resource.IsOwned() and resource.owner = user");

  it("SR-511 lets the owner read, export and publish what he owns, published or not", () => {
    for (const app of ["Margin", "Draft"]) {
      for (const action of ["read", "export", "publish"])
        assert.equal(answer([owner], ann, [action, at("App", app)]), "granted");
      assert.equal(answer([owner], ann, ["update", at("App", app)]), "refused");
      assert.equal(answer([owner], ben, ["read", at("App", app)]), "refused");
    }
    assert.equal(answer([owner], ann, ["read", at("App", "Cost")]), "refused");
  });

  it("SR-512 decides publishing on the app and on the stream apart", () => {
    assert.equal(answer([owner], ann, ["publish", margin]), "granted");
    assert.equal(answer([owner], ann, ["publish", at("Stream", "Sales")]), "refused");
  });

  it("SR-523 lets a role mean what the rules that mention it say", () => {
    const buyer: Entity = { id: guid("u"), userDirectory: "CORP", userId: "ann", name: "ann", roles: ["Buyer"] };
    const site = siteOf([rule("buyers", "Stream_* | R | B", 'user.roles="Buyer"')], { ...things, User: [buyer] });
    assert.equal(decision(site, ann, ["read", at("Stream", "Sales")]).allowed, true);
    assert.equal(decision(site, ben, ["read", at("Stream", "Sales")]).allowed, false);
  });

  it("answers the table of user types (catalogue §5.2)", () => {
    const signedIn = "!user.IsAnonymous() and ";
    const rules = [
      rule("apps", "App_* | C | B", `${signedIn}user.@UserType="Developer"`),
      rule(
        "objects",
        "App.Object_* | C | B",
        `${signedIn}(user.@UserType="Developer" or user.@UserType="Contributor")`,
      ),
      rule("connections", "DataConnection_* | C | B", 'user.@UserType="Developer"'),
    ];
    const cells = { Developer: [true, true, true], Contributor: [false, true, false], Consumer: [false, false, false] };
    for (const [type, expected] of Object.entries(cells)) {
      const row = { ...ownedBy(ann), customProperties: custom({ UserType: [type] }) };
      const granted = (more: readonly Entity[]): readonly boolean[] =>
        ["App", "App.Object", "DataConnection"].map(
          (what) =>
            decision(siteOf([...rules, ...more], { User: [row] }), ann, ["create", { type: what, wouldBe: newApp }])
              .allowed,
        );
      assert.deepEqual(granted([]), expected, type);
      assert.equal(
        granted([rule("CreateApp", "App_* | C | H", "!user.IsAnonymous()")])[0],
        true,
        "the shipped rule still on",
      );
    }
  });
});
