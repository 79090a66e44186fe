/** The package as a user gets it: packed, installed into an empty project, run from elsewhere. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

const root = join(import.meta.dirname, "..", "..");
const place = mkdtempSync(join(tmpdir(), "trading-"));
const project = join(place, "project");
const elsewhere = join(place, "elsewhere");
const command = join(project, "node_modules", ".bin", "qlik-conformance");

interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function ran(...words: readonly string[]): Said {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: elsewhere, encoding: "utf8" });
  return { code: status, stdout, stderr };
}

function npm(folder: string, ...words: readonly string[]): string {
  return execFileSync("npm", [...words, "--silent", "--no-audit", "--no-fund"], { cwd: folder, encoding: "utf8" });
}

describe("the packed product", () => {
  before(() => {
    for (const folder of [project, elsewhere]) mkdirSync(folder);
    npm(root, "pack", "--pack-destination", place);
    const archive = readdirSync(place).find((name) => name.endsWith(".tgz"));
    assert.ok(archive !== undefined);
    writeFileSync(join(project, "package.json"), '{ "name": "trading", "private": true }\n');
    npm(project, "install", "--prefer-offline", join(place, archive));
    copyFileSync(join(root, "tests", "reload", "worked-examples", "we-1.qvs"), join(elsewhere, "we-1.qvs"));
    copyFileSync(join(root, "examples", "trading", "site.json"), join(elsewhere, "site.json"));
  });
  after(() => rmSync(place, { recursive: true, force: true }));

  it("holds built JavaScript, and nothing of our own tests", () => {
    const home = join(project, "node_modules", "qlik-conformance");
    assert.deepEqual(readdirSync(home).sort(), [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist",
      "docs",
      "package.json",
    ]);
    const built = readdirSync(join(home, "dist"), { recursive: true, encoding: "utf8" });
    assert.ok(built.includes(join("cli", "main.js")));
    assert.deepEqual(
      built.filter((path) => /(?<!\.d)\.ts$|\.test\./.test(path)),
      [],
    );
  });

  it("reduces and decides, with nothing on stderr", () => {
    const reduced = ran("reduce", "--script", "we-1.qvs", "--user", "AD_DOMAIN\\B");
    assert.deepEqual([reduced.code, reduced.stderr], [0, ""]);
    assert.match(reduced.stdout, /^AD_DOMAIN\\B {2}access granted \(USER, without NUM\)\n/);
    const decided = ran("decide", "--site", "site.json", "--matrix");
    assert.deepEqual([decided.code, decided.stderr], [0, ""]);
    assert.match(decided.stdout, /^resource +CORP\\ann /);
  });

  it("runs its suites through Playwright, with nothing but progress on stderr", () => {
    const { code, stdout, stderr } = ran("run", "--target", "mock", "--suite", "impersonation", "--cases", "0");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^qlik-conformance \S+ against mock, dialect documented, seed 1\n/);
    for (const line of stderr.trimEnd().split("\n")) assert.match(line, /^\[\d+\/\d+\] /);
    const record = JSON.parse(readFileSync(join(elsewhere, "out", "run.json"), "utf8")) as { readonly target: string };
    assert.equal(record.target, "mock");
    assert.deepEqual(readdirSync(elsewhere).sort(), ["out", "site.json", "we-1.qvs"]);
  });

  it("gives its contract to TypeScript and JavaScript alike", () => {
    const script = 'import("qlik-conformance").then((contract) => console.log(typeof contract.ConformanceError))';
    assert.equal(execFileSync(process.execPath, ["-e", script], { cwd: project, encoding: "utf8" }), "function\n");
  });
});
