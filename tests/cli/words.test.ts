/** Help of every command, lists, and two thousand ways to mistype. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Command } from "../../cli/arguments.ts";
import { answered, folder, root, said, start } from "./command.ts";

const commands: readonly Command[] = await Promise.all(
  readdirSync(join(root, "cli", "commands")).map(async (file) => {
    const { command } = (await import(join(root, "cli", "commands", file))) as { readonly command: Command };
    return command;
  }),
);

describe("help", () => {
  it("knows every command there is", async () => {
    const { code, stdout, stderr } = await said("--help");
    assert.deepEqual([code, stderr], [0, ""]);
    assert.ok(commands.length >= 8);
    for (const { name } of commands) assert.match(stdout, new RegExp(`^ {2}${name} {2,}\\S`, "m"));
    assert.match(stdout, /Exit codes: 0 conformant, 1 not conformant, 2 .*, 3 .*, 4 /);
  });

  for (const { name, options, operand, examples } of commands) {
    it(`lists every flag of ${name}, whatever else is said`, async () => {
      const plain = await said(name, "--help");
      assert.deepEqual([plain.code, plain.stderr], [0, ""]);
      for (const [flag, { value }] of Object.entries(options)) {
        const told = value === undefined ? `  --${flag} ` : `  --${flag} ${value} `;
        assert.ok(plain.stdout.includes(told), told);
      }
      assert.ok(
        plain.stdout.startsWith(`qlik-conformance ${name}${operand === undefined ? "" : ` ${operand}`} [options]\n`),
      );
      assert.ok(examples.length > 0);
      assert.deepEqual(await said(name, "--nonsense", "--help"), plain);
    });
  }

  it("tells the version", async () => {
    assert.match((await said("--version")).stdout, /^qlik-conformance \d+\.\d+\.\d+\n$/);
  });
});

const sheets: { readonly [option: string]: { readonly keys: readonly string[]; readonly has: string } } = {
  requirements: { keys: ["id", "area", "level", "title"], has: "SA-WLD-02" },
  groups: { keys: ["group", "kind", "title"], has: "rules/campaign" },
  cases: { keys: ["case", "asks", "from", "title"], has: "help" },
  targets: { keys: ["target"], has: "mock" },
  defects: { keys: ["defect", "area", "breaks", "effect"], has: "star-means-everything" },
  dialects: { keys: ["dialect"], has: "cm-2021" },
};

describe("list", () => {
  for (const [option, { keys, has }] of Object.entries(sheets)) {
    it(`shows ${option} to people and machines`, async () => {
      const listed = (await answered("list", `--${option}`)) as { readonly [sheet: string]: readonly object[] };
      assert.deepEqual(Object.keys(listed), [option]);
      const rows = listed[option] ?? [];
      assert.ok(rows.length > 0);
      for (const row of rows) assert.deepEqual(Object.keys(row), keys);
      const { code, stdout } = await said("list", `--${option}`);
      assert.equal(code, 0);
      assert.match(stdout, new RegExp(has, "i"));
      assert.equal(stdout.trimEnd().split("\n").length, rows.length + 2);
    });
  }

  it("counts what there is when nothing is named", async () => {
    const { stdout } = await said("list");
    for (const option of Object.keys(sheets)) assert.match(stdout, new RegExp(`^${option} +[1-9]`, "m"));
  });

  it("falls silent when its reader stops reading", async () => {
    const child = start(["list", "--requirements", "--cases", "--defects"]);
    let errors = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.stdout?.once("data", () => child.stdout?.destroy());
    await once(child, "close");
    assert.deepEqual([child.exitCode, errors], [0, ""]);
  });
});

describe("the command line", () => {
  /** Commands that end by themselves within milliseconds: no run, and no server that listens. */
  const quick = ["reduce", "explain", "compare", "lint", "decide", "generate", "report", "list", "replay"] as const;
  const flags = [...new Set(commands.flatMap(({ options }) => Object.keys(options)))].map((flag) => `--${flag}`);
  const place = folder({
    "app.qvs": "LOAD * INLINE [\nA\n1\n];",
    "site.json": "{}",
    "people.csv": "user\nCORP\\ann\n",
  });
  const files = ["app.qvs", "site.json", "people.csv", "none"].map((file) => join(place, file));
  const word = fc.oneof(
    fc.constantFrom(
      ...flags,
      ...files,
      "rules",
      "directory",
      "CORP\\ann",
      "documented",
      "1",
      "-1",
      "0",
      "--",
      "-",
      "",
      "=",
      "hub",
    ),
    fc.constantFrom(...flags).map((flag) => `${flag}=`),
    fc.tuple(fc.constantFrom(...flags), fc.string({ maxLength: 6 })).map(([flag, value]) => `${flag}=${value}`),
    fc.string({ maxLength: 8, unit: "binary" }),
  );
  const line = fc.tuple(
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom<string>(...quick) },
      { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
    ),
    fc.array(word, { maxLength: 6 }),
  );

  it("answers 2,000 mistyped lines with 0, 2 or 3, and one line on stderr for each 2", async () => {
    const codes = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(line, async ([name, words]) => {
        const written = words.some((other) => other.startsWith("--out"));
        const { code, stdout, stderr } = await said(
          name,
          ...(written ? words.filter((other) => other === "--json") : words),
        );
        codes.set(code, (codes.get(code) ?? 0) + 1);
        assert.ok([0, 2, 3].includes(code), stderr);
        if (code !== 2) return;
        assert.equal(stdout, "");
        assert.match(stderr, /^(?:[^\n]*: [^\n]* ignored\n)*(?:error: |\{"error":)[^\n]+\n$/);
      }),
      { seed: 20, numRuns: 2000 },
    );
    assert.ok((codes.get(2) ?? 0) > 1000);
    assert.ok((codes.get(0) ?? 0) > 20);
  });
});
