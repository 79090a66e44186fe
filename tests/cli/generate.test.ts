import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parseCase } from "../../contract/parsers.ts";
import { answered, assertOneLine, folder, said } from "./command.ts";

/** Content by path, in order of paths. */
function contents(made: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(made, { recursive: true, encoding: "utf8" })
      .filter((path) => statSync(join(made, path)).isFile())
      .sort()
      .map((path) => [path, readFileSync(join(made, path), "utf8")]),
  );
}

async function generated(kind: string, seed: number, count: number): Promise<string> {
  const out = join(folder(), "new", "worlds");
  const { code, stdout, stderr } = await said(
    "generate",
    kind,
    "--seed",
    `${seed}`,
    "--count",
    `${count}`,
    "--out",
    out,
  );
  assert.deepEqual([code, stderr], [0, ""]);
  assert.equal(stdout, `${contents(out).size} files in ${out} (${kind}, seed ${seed}, ${count})\n`);
  return out;
}

const kinds: { readonly [kind: string]: readonly string[] } = {
  "section-access": ["app.qvs", "users.csv", "users.json"],
  directory: ["users.csv", "users.json"],
  rules: ["site.json"],
  site: ["site.json"],
};

describe("generate", () => {
  for (const [kind, files] of Object.entries(kinds)) {
    it(`writes the same ${kind} for the same seed, and others for another`, async () => {
      const [first, again, other] = await Promise.all([7, 7, 8].map((seed) => generated(kind, seed, 3)));
      const worlds = contents(first ?? "");
      for (const world of ["00000", "00001", "00002"]) {
        for (const file of files) assert.ok((worlds.get(join(world, file)) ?? "").length > 0, `${world}/${file}`);
      }
      assert.deepEqual(worlds, contents(again ?? ""));
      assert.notDeepEqual([...worlds.values()], [...contents(other ?? "").values()]);
    });
  }

  it("writes cases that read back, the same for the same seed", async () => {
    const [first, again] = await Promise.all([7, 7].map((seed) => generated("cases", seed, 2)));
    const cases = contents(first ?? "");
    assert.deepEqual(cases, contents(again ?? ""));
    assert.deepEqual(
      [...cases.keys()],
      ["rules-00000.json", "rules-00001.json", "section-access-00000.json", "section-access-00001.json"],
    );
    for (const [file, text] of cases) assert.ok(parseCase(text, file).asks.length > 0);
  });

  it("writes scripts and users that reduce takes as they are", async () => {
    const out = await generated("section-access", 3, 12);
    let [granted, fromFiles] = [0, 0];
    for (const world of readdirSync(out)) {
      const [script, users] = [join(out, world, "app.qvs"), join(out, world, "users.csv")];
      const data = join(out, world, "data");
      const read = existsSync(data) ? ["--data", `Data=${data}`] : [];
      fromFiles += read.length === 0 ? 0 : 1;
      const words = ["reduce", "--script", script, "--users", users, ...read];
      const answers = (await answered(...words)) as { access: string }[];
      assert.ok(answers.length > 0);
      granted += answers.filter(({ access }) => access === "granted").length;
    }
    assert.ok(granted > 0, "somebody sees something");
    assert.ok(fromFiles > 0, "some script reads files");
  });

  it("writes sites and rule sets that decide takes as they are", async () => {
    for (const kind of ["rules", "site"]) {
      const out = await generated(kind, 3, 3);
      for (const world of readdirSync(out)) {
        const words = ["decide", "--site", join(out, world), "--user", "CORP\\ann"];
        assert.ok(((await answered(...words)) as unknown[]).length > 0);
      }
    }
  });

  it("prints all knobs, and takes what it printed", async () => {
    const { code, stdout } = await said("generate", "section-access", "--print-settings");
    assert.equal(code, 0);
    const file = join(folder({ "settings.json": stdout }), "settings.json");
    assert.deepEqual(await said("generate", "section-access", "--settings", file, "--print-settings"), {
      code: 0,
      stdout,
      stderr: "",
    });
    const settings = JSON.parse(stdout) as { readonly mode: string; readonly identity: readonly string[] };
    assert.deepEqual([settings.mode, settings.identity.length], ["valid", 5]);
  });

  it("makes what the settings say, as files alone", async () => {
    const settings = JSON.stringify({ load: ["file"], source: ["file"], shape: ["pair"], rights: ["one table"] });
    const out = join(folder(), "worlds");
    const file = join(folder({ "settings.json": settings }), "settings.json");
    const { code } = await said("generate", "section-access", "--count", "3", "--settings", file, "--out", out);
    assert.equal(code, 0);
    for (const world of readdirSync(out)) {
      const script = readFileSync(join(out, world, "app.qvs"), "utf8");
      assert.doesNotMatch(script, /INLINE/);
      assert.match(readFileSync(join(out, world, "data", "Access.csv"), "utf8"), /^ACCESS,/);
    }
  });

  it("refuses a knob there is not and a value it does not take, with the place", async () => {
    const wrongs = {
      '{\n  "colour": "red"\n}': /:2:\d+: there is no knob/,
      '{"mode": "wild"}': /:1:\d+: mode is "wild"/,
    };
    for (const [text, tells] of Object.entries(wrongs)) {
      const file = join(folder({ "settings.json": text }), "settings.json");
      const answer = await said("generate", "section-access", "--settings", file, "--out", join(folder(), "new"));
      assertOneLine(answer);
      assert.match(answer.stderr, tells);
    }
  });

  it("counts which features meet, and writes nothing", async () => {
    const { code, stdout } = await said("generate", "section-access", "--count", "150", "--coverage");
    assert.equal(code, 0);
    assert.match(stdout, /^150 worlds\npairs of features: (\d+) of \1 that can be \(100 %\)\ntriples of features: /);
  });

  it("leaves a filled folder and an unusable place as they were", async () => {
    const filled = folder({ "orders.csv": "A\n1\n" });
    assertOneLine(await said("generate", "rules", "--out", filled));
    assertOneLine(await said("generate", "rules", "--out", join(filled, "orders.csv", "deep", "down")));
    assert.deepEqual([...contents(filled)], [["orders.csv", "A\n1\n"]]);
  });

  it("takes an empty folder, and leaves nothing beside it", async () => {
    const made = folder();
    const { code } = await said("generate", "rules", "--count", "1", "--out", made);
    assert.equal(code, 0);
    assert.deepEqual(readdirSync(made), ["00000"]);
    assert.equal(statSync(made).mode & 0o777, 0o755);
    const beside = readdirSync(join(made, "..")).filter((name) => name.startsWith(".qlik-conformance-"));
    assert.deepEqual(beside, []);
    assert.ok(existsSync(join(made, "00000", "site.json")));
  });
});
