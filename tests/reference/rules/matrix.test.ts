import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Entity, Principal, RequestContext, ResourceRef } from "../../../contract/types.ts";
import { randomRuleWorld, type RuleWorld } from "../../../generators/rules.ts";
import { actionBits, actionNamed, type ActionName } from "../../../reference/rules/actions.ts";
import { deciderOf } from "../../../reference/rules/matrix-decide.ts";
import type { Plan } from "../../../reference/rules/matrix-plan.ts";
import { stagesOf } from "../../../reference/rules/matrix-stages.ts";
import { axesReady, matrixOf, type MatrixAxes, type Ready } from "../../../reference/rules/matrix.ts";
import { decide, policyOf, type Policy } from "../../../reference/rules/spec.ts";
import { entity, guid, reference, rule, siteOf, user } from "./trading-company.ts";

const actions: readonly ActionName[] = Object.keys(actionBits).flatMap((name) => actionNamed(name) ?? []);
const fewActions: readonly ActionName[] = ["read", "update", "create"];
const dialects = ["documented", "cm-1.1"] as const;

interface Scene {
  readonly policy: Policy;
  readonly users: readonly Principal[];
  readonly axes: MatrixAxes;
}

function resourcesOf(world: RuleWorld): readonly ResourceRef[] {
  const held = ["App", "Stream", "App.Object", "DataConnection", "ReloadTask", "User"].flatMap((type) =>
    (world.site.entities[type] ?? []).map(({ id }) => ({ type, id })),
  );
  return [...world.questions.map(({ resource }) => resource), ...held];
}

function sceneOf(index: number, seed: number): Scene {
  const world = randomRuleWorld(seed, index);
  const dialect = dialectOf(dialects[index % dialects.length] ?? "documented");
  const context: RequestContext = index % 3 === 0 ? "qmc" : "hub";
  return {
    policy: policyOf(world.site, dialect),
    users: world.questions.map(({ as }) => as).slice(0, 2),
    axes: { resources: resourcesOf(world), actions: fewActions, context },
  };
}

interface Count {
  cells: number;
  allowed: number;
}

type Cell = readonly [user: number, resource: number, action: ActionName];

function cellsOf({ users, axes }: Scene): readonly Cell[] {
  return users.flatMap((_, who) =>
    axes.resources.flatMap((__, what) => axes.actions.map((action): Cell => [who, what, action])),
  );
}

/** The first cell on which what is asked differs from `spec.ts`. */
function difference(
  scene: Scene,
  says: (cell: Cell, as: Principal) => boolean | readonly string[],
  count: Count = { cells: 0, allowed: 0 },
): Cell | undefined {
  const { policy, users, axes } = scene;
  return cellsOf(scene).find((cell) => {
    const [who, what, action] = cell;
    const [as, resource] = [users[who], axes.resources[what]];
    if (as === undefined || resource === undefined) return false;
    const { allowed, rules } = decide(policy, { as, resource, action, context: axes.context });
    count.cells += 1;
    count.allowed += allowed ? 1 : 0;
    const said = says(cell, as);
    return typeof said === "boolean" ? said !== allowed : said.join("\n") !== rules.join("\n");
  });
}

function byRows({ policy, axes }: Scene): (cell: Cell, as: Principal) => boolean {
  const matrix = matrixOf(policy, axes);
  let last: Principal | undefined;
  let row = matrix.rowOf({ directory: "", id: "", groups: [], attributes: {}, session: {} });
  return ([, resource, action], as) => {
    if (as !== last) row = matrix.rowOf(as);
    last = as;
    return row.allows(resource, action);
  };
}

describe("the matrix", () => {
  it("says what the specification says, cell by cell, on generated worlds", () => {
    const count: Count = { cells: 0, allowed: 0 };
    for (let index = 0; index < 400; index++) {
      const scene = sceneOf(index, 71);
      assert.equal(difference(scene, byRows(scene), count), undefined, `world ${index}`);
    }
    assert.ok(count.cells > 20_000, `${count.cells} cells`);
    assert.ok(count.allowed > count.cells / 20 && count.allowed < count.cells / 2, `${count.allowed} allowed`);
  });

  it("names the granting rules of single decisions as the specification does", () => {
    let named = 0;
    for (let index = 0; index < 150; index++) {
      const scene = sceneOf(index, 72);
      const decider = deciderOf(scene.policy, scene.axes, scene.users);
      const found = difference(scene, ([who, what, action]) => {
        const rules = decider.granting(who, what, action);
        named += rules.length;
        return rules;
      });
      assert.equal(found, undefined, `world ${index}`);
    }
    assert.ok(named > 500, `${named} rules named`);
  });
});

/** Rights of apps that ask about one another: whoever may read may update, and the other way round. */
function circleScene(): Scene {
  const ann = user("ann", { groups: ["sales"] });
  const ben = user("ben");
  const site = siteOf(
    [
      rule("Sales read orders", "App_* | R", 'user.group = "sales" and resource.name = "Orders"'),
      rule("Readers update", "App_* | U", 'resource.HasPrivilege("read")'),
      rule("Updaters read", "App_* | R", 'resource.HasPrivilege("update")'),
      rule("Who may not read deletes", "App_* | D", '!resource.HasPrivilege("read")'),
      rule("Against itself", "App_* | C", '!resource.HasPrivilege("create") and user.userId = "ben"'),
      rule("Apps open streams", "Stream_* | R", 'user.userId = "ann"'),
      rule("Streams open apps", "App_* | P", 'resource.stream.HasPrivilege("read")'),
    ],
    {
      App: [entity("Orders"), entity("Payroll", { stream: reference("Finance") })],
      Stream: [entity("Finance")],
    },
  );
  const resources = ["App", "Stream"].flatMap((type) => (site.entities[type] ?? []).map(({ id }) => ({ type, id })));
  return {
    policy: policyOf(site, dialectOf("documented")),
    users: [ann, ben],
    axes: { resources, actions, context: "hub" },
  };
}

describe("a resource to be created", () => {
  it("is covered by a filter on its id, though the site holds another of that id or none", () => {
    const ann = user("ann");
    const orders = entity("Orders");
    const site = siteOf(
      [
        rule("Orders alone", `App_${orders.id} | C`, ""),
        rule("Plans alone", `App_${entity("Plans").id} | C`, 'resource.name = "Plans"'),
      ],
      { App: [orders] },
    );
    const owner = { owner: { id: "nobody" } };
    const bodies = [
      { ...orders, ...owner, name: "Orders again" },
      { ...entity("Plans"), ...owner },
      { ...entity("Lists"), ...owner },
    ];
    const resources = bodies.map((wouldBe) => ({ type: "App", wouldBe }));
    const scene: Scene = {
      policy: policyOf(site, dialectOf("documented")),
      users: [ann],
      axes: { resources, actions: ["create"], context: "hub" },
    };
    const count: Count = { cells: 0, allowed: 0 };
    assert.equal(difference(scene, byRows(scene), count), undefined);
    assert.equal(count.allowed, 2);
  });
});

function ownerNamed(userId: string, id = ""): Entity {
  return { id, userDirectory: "corp", userId };
}

/** Owners as references give them: by id, by directory and user id alone, by an id the site does not hold. */
function ownerScene(): Scene {
  const site = siteOf([rule("Owners read", "App_* | R", "resource.owner = user")], {
    User: [ownerNamed("ann", guid("ann")), ownerNamed("carla", guid("carla"))],
    App: [
      entity("Orders", { owner: { id: guid("ann").toUpperCase() } }),
      entity("Payroll", { owner: ownerNamed("ann") }),
      entity("Plans", { owner: ownerNamed("ann", guid("nobody")) }),
      entity("Lists", { owner: ownerNamed("Ben") }),
      entity("Stock", { owner: ownerNamed("carla") }),
      entity("Prices", { owner: [ownerNamed("ben"), { id: guid("ann") }] }),
      entity("Tills", { owner: ownerNamed("dora", guid("nobody")) }),
    ],
  });
  return {
    policy: policyOf(site, dialectOf("documented")),
    users: [user("ann"), user("ben"), user("carla"), user("dora")],
    axes: {
      resources: (site.entities["App"] ?? []).map(({ id }) => ({ type: "App", id })),
      actions: ["read"],
      context: "hub",
    },
  };
}

describe("an owner", () => {
  it("is the one who asks by id, and by name where one of the two has no id", () => {
    const scene = ownerScene();
    const count: Count = { cells: 0, allowed: 0 };
    assert.equal(difference(scene, byRows(scene), count), undefined);
    // Two ids decide, so Plans is not ann's; dora has no row and no id. ann: Orders, Payroll, Prices; ben: Lists, Prices;
    // carla: Stock; dora: Tills.
    assert.deepEqual(count, { cells: 28, allowed: 7 });
  });

  it("is found among owners the site holds as well", () => {
    const scene = ownerScene();
    const axes = { ...scene.axes, resources: scene.axes.resources.slice(0, 1) };
    const count: Count = { cells: 0, allowed: 0 };
    assert.equal(difference({ ...scene, axes }, byRows({ ...scene, axes }), count), undefined);
    assert.equal(count.allowed, 1);
  });
});

describe("rights in a circle", () => {
  it("are settled as the specification settles them, and told apart from those that are not", () => {
    const scene = circleScene();
    const { planned, seating } = axesReady(scene.policy, scene.axes);
    const stages = stagesOf(planned, seating.universe);
    const circles = stages.flatMap((stage) => (stage.kind === "circle" ? stage.cells.map(({ action }) => action) : []));
    assert.deepEqual(circles.toSorted(), ["create", "read", "update"]);
    const count: Count = { cells: 0, allowed: 0 };
    assert.equal(difference(scene, byRows(scene), count), undefined);
    // ann: read and update Orders, delete and publish Payroll, read Finance; ben: delete both apps.
    assert.equal(count.allowed, 7);
  });
});

/** Changes the plans of a policy made ready: a fault planted in the evaluator. */
function withPlans(ready: Ready, change: (plan: Plan) => Plan): void {
  for (const planned of ready.planned.rules) Object.assign(planned, { plan: mapped(planned.plan, change) });
}

function mapped(plan: Plan, change: (plan: Plan) => Plan): Plan {
  if (plan.kind === "and" || plan.kind === "or") {
    return change({ ...plan, terms: plan.terms.map((term) => mapped(term, change)) });
  }
  return change(plan.kind === "not" ? { ...plan, term: mapped(plan.term, change) } : plan);
}

const faults: { readonly [name: string]: (plan: Plan) => Plan } = {
  "negation dropped": (plan) => (plan.kind === "not" ? plan.term : plan),
  "and taken for or": (plan) => (plan.kind === "and" ? { ...plan, kind: "or" } : plan),
  "or taken for and": (plan) => (plan.kind === "or" ? { ...plan, kind: "and" } : plan),
  "user atoms true": (plan) => (plan.kind === "user" ? { kind: "constant", holds: true } : plan),
  "resource atoms of everything": (plan) => (plan.kind === "resource" ? { kind: "constant", holds: true } : plan),
  "linked atoms lost": (plan) => (plan.kind === "linked" ? { kind: "constant", holds: false } : plan),
  "privileges lost": (plan) => (plan.kind === "privilege" ? { kind: "constant", holds: false } : plan),
  "last term forgotten": (plan) =>
    (plan.kind === "and" || plan.kind === "or") && plan.terms.length > 1
      ? { ...plan, terms: plan.terms.slice(0, -1) }
      : plan,
};

describe("a fault planted in the matrix", () => {
  for (const [name, change] of Object.entries(faults)) {
    it(`shows within 1,000 worlds: ${name}`, () => {
      const found = Array.from({ length: 1_000 }).findIndex((_, index) => {
        const scene = sceneOf(index, 73);
        const ready = axesReady(scene.policy, scene.axes);
        withPlans(ready, change);
        let last: Principal | undefined;
        let rows = ready.rowsOf(user("ann"));
        return (
          difference(scene, ([, what, action], as) => {
            if (as !== last) rows = ready.rowsOf(as);
            last = as;
            const seat = ready.seatOf(what, action);
            if (seat === "spec") return ready.bySpec(as, what, action).length > 0;
            return typeof seat === "number" && (((rows.get(action)?.[seat >>> 5] ?? 0) >>> (seat & 31)) & 1) === 1;
          }) !== undefined
        );
      });
      assert.ok(found >= 0, "no world shows it");
    });
  }
});
