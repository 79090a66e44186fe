import assert from "node:assert/strict";
import { test } from "node:test";
import type { Case, Site } from "../../contract/types.ts";
import { smallerCases } from "../../harness/shrink-steps.ts";
import { shrink } from "../../harness/shrink.ts";
import * as trading from "./trading.ts";

const { ask, caseOf, denied, known, open } = trading;

const site: Site = {
  entities: {
    User: ["ann", "ben", "carla"].map((id) => ({
      id,
      userId: id,
      userDirectory: "TRADING",
      name: id,
      roles: ["Buyer", "Clerk"],
    })),
    SystemRule: ["one", "two"].map((id) => ({
      id,
      name: id,
      category: "Security",
      rule: "a or b",
      resourceFilter: "App_*, Stream_*",
      actions: 2,
    })),
    Stream: [],
  },
  apps: {
    sales: {
      script: "one;two;three",
      files: {
        "lib://Data/access.csv": "USERID,REGION\nann,NORTH\nben,SOUTH\ncarla,*\n",
        "lib://Data/other.csv": "A\n1\n",
      },
    },
    lobby: { script: "", files: {} },
  },
};

function large(): Case {
  const as = { ...trading.person("ann", ["Sales", "Finance"]), session: { team: ["north", "south"] } };
  return {
    ...caseOf("worlds/7", [
      ask("ann", { kind: "open", app: "sales", as, through: "tables" }, known(denied), { contrast: "ben" }),
      ask("ben", open("ben"), known(denied)),
      ask("law", open("carla"), { kind: "relation", to: ["ann"], holds: "within", because: [] }),
    ]),
    sites: { main: site, spare: { entities: {}, apps: {} } },
  };
}

const steps = {
  *script(script: string): Generator<string> {
    const parts = script.split(";");
    for (const index of parts.keys()) if (parts.length > 1) yield parts.toSpliced(index, 1).join(";");
  },
  *condition(condition: string): Generator<string> {
    const terms = condition.split(" or ");
    for (const index of terms.keys()) if (terms.length > 1) yield terms.toSpliced(index, 1).join(" or ");
  },
};

/** Fails as long as ben's row, the statement `two`, one rule with term `b` and the group Finance are there. */
function shows(of: Case): boolean {
  const { main } = of.sites;
  const app = main.apps["sales"];
  const probe = of.asks[0].probe;
  return (
    app?.files["lib://Data/access.csv"]?.includes("ben,SOUTH") === true &&
    app.script.includes("two") &&
    (main.entities["SystemRule"] ?? []).some(({ rule }) => typeof rule === "string" && rule.includes("b")) &&
    probe.kind === "open" &&
    probe.as.groups.includes("Finance")
  );
}

const options = { stillFails: async (of: Case) => shows(of), reexpect: (of: Case) => of, steps };

test("shrinks to the parts the failure needs", async () => {
  const { case: small, minimal } = await shrink(large(), options);
  assert.ok(minimal);
  assert.equal(small.asks.length, 1);
  assert.deepEqual(small.sites, {
    main: {
      entities: {
        SystemRule: [
          { id: "two", name: "two", category: "Security", rule: "b", resourceFilter: "Stream_*", actions: 2 },
        ],
      },
      apps: { sales: { script: "two", files: { "lib://Data/access.csv": "USERID,REGION\nben,SOUTH\n" } } },
    },
  });
  const probe = small.asks[0].probe;
  assert.deepEqual(probe.kind === "open" && [probe.as.groups, probe.as.session], [["Finance"], {}]);
});

test("the result is 1-minimal: no smaller case still fails", async () => {
  const { case: small } = await shrink(large(), options);
  const candidates = [...smallerCases(small, steps)];
  assert.ok(candidates.length > 3);
  assert.deepEqual(candidates.filter(shows), []);
});

test("a shrunk case says so and where it comes from; one that could not shrink is left alone", async () => {
  const { case: small } = await shrink(large(), options);
  assert.deepEqual([small.id, small.origin], ["worlds/7/shrunk", { kind: "shrunk", from: "worlds/7" }]);
  const stubborn = large();
  const same = await shrink(stubborn, { ...options, stillFails: async () => false });
  assert.equal(same.case, stubborn);
  assert.ok(same.minimal);
});

test("stops at its budget and says that the result may not be minimal", async () => {
  const { tried, minimal } = await shrink(large(), { ...options, budget: 5 });
  assert.equal(tried, 5);
  assert.equal(minimal, false);
});

function threeAsksOrNothing(of: Case): Case | undefined {
  return of.asks.length < 3 ? undefined : of;
}

test("a candidate the oracle cannot expect anything of is passed over", async () => {
  const { case: small } = await shrink(large(), { ...options, reexpect: threeAsksOrNothing });
  assert.equal(small.asks.length, 3);
});

test("expectations are computed anew before a candidate is tried", async () => {
  const seen: string[] = [];
  await shrink(large(), {
    ...options,
    budget: 3,
    reexpect: (of) => ({ ...of, title: "computed anew" }),
    stillFails: async (of) => {
      seen.push(of.title);
      return false;
    },
  });
  assert.deepEqual(seen, ["computed anew", "computed anew", "computed anew"]);
});

test("an ask goes with the relations that need it, and a contrast that is gone is not named", () => {
  const [withoutAnn, withoutBen] = [...smallerCases(large())];
  assert.deepEqual(
    withoutAnn?.asks.map(({ id }) => id),
    ["ben"],
  );
  assert.deepEqual(
    withoutBen?.asks.map(({ id, contrast }) => [id, contrast]),
    [
      ["ann", undefined],
      ["law", undefined],
    ],
  );
});

test("every step gives a case that differs, and the original stays as it was", () => {
  const of = large();
  const before = JSON.stringify(of);
  const smaller = [...smallerCases(of, steps)].map((one) => JSON.stringify(one));
  assert.equal(JSON.stringify(of), before);
  assert.equal(new Set([...smaller, before]).size, smaller.length + 1);
});
