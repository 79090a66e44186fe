/** `explain` about what rules decide: sessions, creation, everybody, and what does not go together. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { answered, assertOneLine, folder, said } from "./command.ts";

const app = "7ead1400-0000-4000-8000-000000000401";

const site = {
  User: [
    { id: "7ead1400-0000-4000-8000-000000000101", userId: "ann", userDirectory: "CORP" },
    { id: "7ead1400-0000-4000-8000-000000000102", userId: "ben", userDirectory: "CORP" },
  ],
  App: [{ id: app, name: "Orders" }],
  SystemRule: [
    { id: "1", name: "Office", rule: 'user.environment.network = "office"', resourceFilter: "App_*", actions: 2 },
    { id: "2", name: "Plans", rule: 'resource.name like "Plan*"', resourceFilter: "App_*", actions: 1 },
  ],
};

const file = join(folder({ "site.json": JSON.stringify(site) }), "site.json");

interface Told {
  readonly user: string;
  readonly action: string;
  readonly allowed: boolean;
  readonly changes: readonly { readonly edits: readonly string[] }[];
}

async function told(...words: readonly string[]): Promise<readonly Told[]> {
  return (await answered("explain", "--site", file, ...words)) as readonly Told[];
}

async function created(name: string): Promise<readonly unknown[]> {
  const [one] = await told("--would-be", `App={"name":"${name}"}`, "--user", "CORP\\ann");
  return [one?.action, one?.allowed];
}

describe("explain about a decision", () => {
  it("asks about everybody of the site when nobody is named", async () => {
    const all = await told("--resource", `App_${app}`);
    assert.deepEqual(
      all.map(({ user, allowed }) => [user, allowed]),
      [
        ["CORP\\ann", false],
        ["CORP\\ben", false],
      ],
    );
  });

  it("takes session attributes, and names one that would do", async () => {
    const ann = ["--resource", `App_${app}`, "--user", "CORP\\ann"];
    const [without] = await told(...ann);
    assert.deepEqual(without?.changes[0]?.edits, ["the session brings network = office"]);
    const [inside] = await told(...ann, "--env", "network=office");
    assert.equal(inside?.allowed, true);
  });

  it("judges creation on the resource to be", async () => {
    assert.deepEqual(await created("Plan of June"), ["create", true]);
    assert.deepEqual(await created("Orders of June"), ["create", false]);
  });

  const resource = ["--site", file, "--resource", `App_${app}`];
  const wrong: { readonly [title: string]: readonly [words: readonly string[], tells: RegExp] } = {
    "rows of data": [[...resource, "--where", "REGION=NORTH"], /--where goes without --resource/],
    "folders of data": [[...resource, "--data", "Data=."], /--data goes without --resource/],
    "two resources": [[...resource, "--would-be", "App={}"], /--resource and --would-be exclude each other/],
    "no resource": [["--site", file, "--env", "network=office"], /--resource is missing/],
    "a session attribute without value": [[...resource, "--env", "network"], /--env network; expected NAME=VALUE/],
    "an unknown action": [[...resource, "--action", "burn"], /no action "burn"; expected one of create, read/],
    "a resource to be that is no JSON": [["--site", file, "--would-be", "App={"], /--would-be:1:2: not valid JSON/],
    "an unknown context": [[...resource, "--context", "tv"], /--context "tv"; expected one of hub, qmc/],
  };
  for (const [title, [words, tells]] of Object.entries(wrong)) {
    it(`tells in one line: ${title}`, async () => {
      const answer = await said("explain", ...words);
      assertOneLine(answer);
      assert.match(answer.stderr, tells);
    });
  }
});
