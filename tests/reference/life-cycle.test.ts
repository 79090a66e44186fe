/** An app's life on the reference: what each step leaves for the next, by release. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dialectOf } from "../../catalogue/dialects.ts";
import { isKnownError } from "../../contract/errors.ts";
import type { Json, Outcome, Site } from "../../contract/types.ts";
import { reload } from "../../reload/index.ts";
import { answerOf, deskFor } from "../../reference/answer.ts";
import { asDeployed, asPublished, reloaded, replacedBy, withScript } from "../../reference/life-cycle/spec.ts";

function script(region: string): string {
  return `Section Access;
LOAD * INLINE [
ACCESS, USERID, REGION
USER, CORP\\ANN, ${region}
];
Section Application;
Sales:
LOAD * INLINE [
REGION, AMOUNT
NORTH, 10
SOUTH, 20
];`;
}

const current = dialectOf("documented");
const old = dialectOf("cm-2018");
const nothing = (): undefined => undefined;
const deployed = asDeployed({ script: script("NORTH"), files: {} }, reload(script("NORTH"), { files: nothing }), true);

function rightsOf(life: { readonly data: { readonly access?: readonly { readonly rows: Json }[] } }): string {
  return JSON.stringify(life.data.access?.map(({ rows }) => rows));
}

describe("an app", () => {
  const edited = withScript(deployed, script("SOUTH"));

  test("keeps its data and rights when its script is stored (SA-SCR-10)", () => {
    assert.deepEqual(edited.data, deployed.data);
    assert.match(edited.script, /SOUTH\n\]/);
  });

  test("takes new rights with the reload, published or not, in current releases (SA-LIF-02)", () => {
    assert.match(rightsOf(reloaded(edited, current, nothing) ?? deployed), /SOUTH/);
  });

  test("keeps the published rights through a reload in the releases that say so, until it is published again", () => {
    const loaded = reloaded(edited, old, nothing);
    assert.ok(loaded !== undefined);
    assert.match(rightsOf(loaded), /NORTH/);
    assert.match(rightsOf(asPublished(loaded)), /SOUTH/);
    assert.match(rightsOf(replacedBy(deployed, loaded)), /SOUTH/);
    assert.match(rightsOf(reloaded({ ...edited, published: false }, old, nothing) ?? deployed), /SOUTH/);
  });

  test("takes rights over from an app it reads by BINARY, as they are when it is reloaded (SA-LIF-05)", () => {
    const reader = withScript(deployed, "BINARY [other];");
    const read = (path: string) => (path === "other" ? reloaded(edited, current, nothing)?.data : undefined);
    assert.match(rightsOf(reloaded(reader, current, read) ?? deployed), /SOUTH/);
    assert.equal(reloaded(reader, current, nothing), undefined);
  });

  test("stays as it was when its script cannot be run", () => {
    assert.equal(reloaded(withScript(deployed, "LOAD FROM WHERE"), current, nothing), undefined);
  });

  test("loses its rights with a script without an access section", () => {
    const open = reloaded(withScript(deployed, "Sales: LOAD 1 AS A AUTOGENERATE 1;"), current, nothing);
    assert.ok(open !== undefined);
    assert.equal(open.data.access, undefined);
  });
});

const ann = { directory: "CORP", id: "ann", groups: [], attributes: {}, session: {} };

const site: Site = {
  entities: {
    App: [{ id: "sales", name: "Sales", published: false, stream: null }],
    SystemRule: [
      {
        id: "r",
        name: "Everything",
        category: "Security",
        resourceFilter: "*",
        actions: 8191,
        rule: "",
        ruleContext: 0,
        disabled: false,
      },
    ],
  },
  apps: { sales: { script: script("NORTH"), files: {} } },
};

function told(what: string, more: { readonly [name: string]: Json } = {}): Outcome {
  const step = { actor: "ann", do: what, with: { as: ann, app: "sales", ...more } };
  return answerOf(deskFor(site, current), { kind: "converse", steps: [step] }).outcome;
}

describe("a step", () => {
  test("is refused with what was expected, when it lacks something or is unknown", () => {
    const wrong: readonly (readonly [string, { readonly [name: string]: Json }])[] = [
      ["paint", {}],
      ["call", {}],
      ["set-script", {}],
      ["open", { app: 7 }],
      ["open", { noData: "yes" }],
      ["open", { through: "keyhole" }],
      ["open", { select: ["NORTH"] }],
      ["open", { select: { REGION: [{}] } }],
      ["open", { as: "ann" }],
      ["open", { as: { directory: "CORP", id: "ann" } }],
      ["publish", { stream: "nowhere" }],
    ];
    for (const [what, more] of wrong) {
      assert.throws(
        () => told(what, more),
        (error) => isKnownError(error) && error.code === "input" && (error.details.expected ?? "") !== "",
        `${what} ${JSON.stringify(more)}`,
      );
    }
  });

  test("leaves the site it was asked about as it was", () => {
    const before = JSON.stringify(site);
    const stored: Outcome = { kind: "measure", values: { stored: 1 } };
    assert.deepEqual(told("set-script", { script: script("SOUTH") }), { kind: "transcript", of: [stored] });
    assert.equal(JSON.stringify(site), before);
  });

  test("of a browser without a session is refused by the proxy, whatever it wants", () => {
    const step = { actor: "ann", do: "reload", with: { proxy: "hub", app: "sales" } };
    const { outcome } = answerOf(deskFor(site, current), { kind: "converse", steps: [step] });
    assert.deepEqual(outcome, { kind: "transcript", of: [{ kind: "refused", by: "proxy", code: 400 }] });
  });
});
