import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { ResourceRef } from "../../contract/types.ts";
import { creationTable, existingTable, site, users, type Row } from "../reference/rules/customer-case.ts";
import { answered, folder, said } from "./command.ts";

interface Decision {
  readonly user: string;
  readonly resource: string;
  readonly action: string;
  readonly context: string;
  readonly allowed: boolean;
  readonly rules: readonly string[];
  readonly broken: readonly string[];
  readonly atoms: readonly string[];
  readonly requirements: readonly string[];
}

/** The site of the case (security rules §6.3) with its users in the user list, as an administrator would export it. */
const entities = {
  ...site.entities,
  User: [...users.values()]
    .filter(({ directory }) => directory !== "NONE")
    .map(({ directory, id, groups }, index) => ({
      id: `7ead1400-0000-4000-8000-${String(index).padStart(12, "0")}`,
      userDirectory: directory,
      userId: id,
      name: id,
      roles: [],
      attributes: groups.map((group) => ({ attributeType: "Group", attributeValue: group })),
    })),
};

function siteFile(): string {
  return join(folder({ "site.json": JSON.stringify(entities, undefined, 2) }), "site.json");
}

const everybody = [...users.values()].flatMap(({ directory, id }) => ["--user", `${directory}\\${id}`]);

async function decided(...words: readonly string[]): Promise<readonly Decision[]> {
  return (await answered("decide", "--site", siteFile(), ...words)) as readonly Decision[];
}

function named(resource: ResourceRef): string {
  if ("wouldBe" in resource) return `${resource.type}_${resource.wouldBe.id}`;
  return resource.type === "TransientObject" ? resource.id : `${resource.type}_${resource.id}`;
}

function wordsFor(resource: ResourceRef): readonly string[] {
  return "wouldBe" in resource
    ? ["--would-be", `${resource.type}=${JSON.stringify(resource.wouldBe)}`]
    : ["--resource", named(resource)];
}

/** By user and resource, the letters granted of the actions asked. */
function letters(
  decisions: readonly Decision[],
  marks: { readonly [action: string]: string },
): ReadonlyMap<string, string> {
  const granted = new Map<string, string>();
  for (const { user, resource, action, allowed } of decisions) {
    const cell = `${user} ${resource}`;
    granted.set(cell, `${granted.get(cell) ?? ""}${allowed ? (marks[action] ?? "?") : ""}`);
  }
  return granted;
}

/** Every cell of the tables, as `user resource` → mark. */
function cells(rows: readonly Row[]): readonly (readonly [cell: string, mark: string])[] {
  return rows.flatMap(({ resources, cells: marks }) =>
    resources.flatMap((resource) =>
      [...marks].map(([id, mark]) => {
        const who = users.get(id);
        assert.ok(who !== undefined);
        return [`${who.directory}\\${who.id} ${named(resource)}`, mark] as const;
      }),
    ),
  );
}

function byUser([left]: readonly [string, boolean], [right]: readonly [string, boolean]): number {
  return left < right ? -1 : Number(left > right);
}

describe("decide", () => {
  for (const context of ["hub", "qmc"] as const) {
    it(`reproduces every cell of the customer case for what exists, in the ${context}`, async () => {
      const resources = existingTable.flatMap((row) => row.resources);
      const asked = ["read", "update", "delete", "publish"].flatMap((action) => ["--action", action]);
      const decisions = await decided(...everybody, ...resources.flatMap(wordsFor), ...asked, "--context", context);
      const granted = letters(decisions, { read: "R", update: "U", delete: "D", publish: "P" });
      const expected = cells(existingTable);
      assert.ok(expected.length > 300);
      for (const [cell, mark] of expected) assert.equal(granted.get(cell), mark.replace("–", ""), cell);
      assert.equal(granted.size, expected.length);
    });

    it(`reproduces every cell of the customer case for what is to be created, in the ${context}`, async () => {
      for (const row of creationTable) {
        const decisions = await decided(
          ...everybody,
          ...row.resources.flatMap(wordsFor),
          "--action",
          "create",
          "--context",
          context,
        );
        const got = decisions.map(({ user, allowed }): [string, boolean] => [user, allowed]);
        const expected = [...row.cells].flatMap(([id, mark]): [string, boolean][] => {
          const allowed = mark === "C" || (mark === "C(hub)" && context === "hub");
          return row.resources.map(() => [`${users.get(id)?.directory}\\${users.get(id)?.id}`, allowed]);
        });
        assert.deepEqual(got.sort(byUser), expected.sort(byUser), row.title);
      }
    });
  }

  it("prints JSON in the public shape, and asks for read in the hub unless told", async () => {
    const app = existingTable.find(({ title }) => title === "App A2")?.resources[0];
    assert.ok(app !== undefined);
    const decisions = await decided("--user", "CORP\\adm1", "--resource", named(app));
    const [{ requirements, ...decision } = { requirements: [] }] = decisions;
    // The default deny, the filter App*, the type, a custom property, a path, a list against a list (SR-101, SR-204 …).
    assert.deepEqual(requirements, ["SR-101", "SR-204", "SR-321", "SR-331", "SR-342", "SR-402", "SR-406", "SR-408"]);
    assert.deepEqual(
      [decision],
      [
        {
          user: "CORP\\adm1",
          resource: named(app),
          action: "read",
          context: "hub",
          allowed: true,
          rules: ["TeamAdminRead"],
          broken: [],
          atoms: ['resource.resourcetype = "App"', "resource.stream.@AdminGroup = user.group"],
        },
      ],
    );
    assert.deepEqual(Object.keys(decisions[0] ?? {}), [
      "user",
      "resource",
      "action",
      "context",
      "allowed",
      "rules",
      "broken",
      "atoms",
      "requirements",
    ]);
  });

  it("takes groups named on the command line on top of the user's own", async () => {
    const words = ["--user", "CORP\\nobody", "--resource", "QmcSection_App"];
    assert.deepEqual(
      (await decided(...words)).map(({ allowed }) => allowed),
      [false],
    );
    assert.deepEqual(
      (await decided(...words, "--group", "role_admin")).map(({ allowed }) => allowed),
      [true],
    );
  });

  it("judges session attributes given with --env", async () => {
    const rule = {
      id: "7ead1400-0000-4000-8000-000000000801",
      name: "From the office",
      category: "Security",
      type: "Custom",
      rule: 'user.environment.network = "office"',
      resourceFilter: "Stream_*",
      actions: 2,
      ruleContext: 0,
      disabled: false,
    };
    const half = { ...rule, id: "7ead1400-0000-4000-8000-000000000802", name: "Half a rule", rule: "user.name = " };
    const trading = {
      User: [{ id: "7ead1400-0000-4000-8000-000000000101", userId: "ann", userDirectory: "CORP", roles: [] }],
      Stream: [{ id: "7ead1400-0000-4000-8000-000000000301", name: "Sales" }],
      SystemRule: [rule, half],
    };
    const file = join(folder({ "site.json": JSON.stringify(trading) }), "site.json");
    const stream = ["--resource", "Stream_7ead1400-0000-4000-8000-000000000301"];
    const from = async (...env: readonly string[]): Promise<readonly unknown[]> =>
      ((await answered("decide", "--site", file, ...stream, ...env)) as readonly Decision[]).map(
        ({ allowed, rules, broken }) => ({
          allowed,
          rules,
          broken,
        }),
      );
    const no = { allowed: false, rules: [], broken: ["Half a rule"] };
    assert.deepEqual(await from(), [no]);
    assert.deepEqual(await from("--env", "network=home"), [no]);
    assert.deepEqual(await from("--env", "network=home", "--env", "network=office"), [
      { allowed: true, rules: ["From the office"], broken: ["Half a rule"] },
    ]);
  });

  it("draws users against resources, the granted actions in the cells", async () => {
    const { code, stdout, stderr } = await said(
      "decide",
      "--site",
      siteFile(),
      "--matrix",
      "--user",
      "CORP\\adm1",
      "--user",
      "CORP\\aud2",
      "--action",
      "read",
      "--action",
      "update",
    );
    assert.equal(stderr, "");
    assert.equal(code, 0);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ {2,}/));
    assert.deepEqual(lines[0], ["resource", "CORP\\adm1", "CORP\\aud2"]);
    const rowOf = (label: string): readonly string[] | undefined => lines.find(([first]) => first === label);
    assert.deepEqual(rowOf("App A2"), ["App A2", "read update", "read"]);
    assert.deepEqual(rowOf("Stream Proj1_Aud1"), ["Stream Proj1_Aud1", "–", "–"]);
    assert.deepEqual(rowOf("Tag quarterly"), ["Tag quarterly", "read update", "read update"]);
  });

  it("notes a type it does not know and a script of an app the site has not, and goes on", async () => {
    const made = folder({
      "site.json": JSON.stringify({ ...entities, Spaceship: [{ id: "a" }] }),
      "apps/no-such-app.qvs": "LOAD * INLINE [\nA\n1\n];",
      "data/logo.png": Buffer.from([0x89, 0x50, 0, 0]),
    });
    const { code, stdout, stderr } = await said("decide", "--site", made, "--user", "CORP\\adm1", "--json");
    assert.equal(code, 0);
    assert.ok(JSON.parse(stdout));
    assert.match(stderr, /site\.json: type "Spaceship" is not known here and was ignored\n/);
    assert.match(stderr, /logo\.png: not text, and left out\n/);
    assert.match(stderr, /no-such-app\.qvs: the site has no App with the id no-such-app\n$/);
  });
});
