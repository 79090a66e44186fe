/** Runs, replays, reports and the server, as files and exit codes. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { parseRunMeta, parseRunRecord } from "../../contract/parsers.ts";
import { elementsOf } from "../reports/xml.ts";
import { folder, ran, said, start, type Said } from "./command.ts";

/** A short run: one area, three generated worlds. */
const short = ["run", "--suite", "rules", "--cases", "3", "--seed", "5"];
const defect = "anonymous-is-user";
const modules = folder({
  "closed.mjs":
    'export const decide = () => ({ kind: "undetermined", code: "unreachable", detail: "closed today" });\n',
  "torn.mjs": [
    "let closed = 0;",
    "const deployment = { ask: () => { throw new Error('torn'); }, dispose: () => Promise.resolve() };",
    "export const target = {",
    "  name: 'torn', capabilities: ['deploy', 'audit'], prepare: () => Promise.resolve(deployment),",
    "  close: () => (closed++ === 0 ? Promise.resolve() : Promise.reject(new Error('torn apart'))),",
    "};",
  ].join("\n"),
});

function read(out: string, file: string): string {
  return readFileSync(join(out, file), "utf8");
}

async function inProcess(...words: readonly string[]): Promise<Said & { readonly out: string }> {
  const out = join(folder(), "out");
  return { ...(await said(...short, "--in-process", "--out", out, ...words)), out };
}

describe("run", () => {
  let plain: Said & { readonly out: string };
  before(async () => {
    plain = await inProcess("--target", "reference");
  });

  it("plays the suites chosen, says how it stands on stdout alone, and ends with 0", () => {
    assert.equal(plain.code, 0);
    assert.match(plain.stdout, /^qlik-conformance \S+ against reference, dialect documented, seed 5\n {2}rules +[1-9]/);
    assert.ok(plain.stdout.endsWith(`Report: ${join(plain.out, "report.html")}\n`));
    const record = parseRunRecord(read(plain.out, "run.json"), "run.json");
    assert.deepEqual(
      [record.target, record.suites, record.seed, record.casesPerCampaign],
      ["reference", ["rules"], 5, 3],
    );
    const [worlds, ...laws] = record.campaigns.map(({ cases }) => cases);
    assert.equal(worlds, 3);
    assert.ok(laws.length > 20 && laws.every((cases) => cases > 0));
  });

  it("leaves all its files, times in run.meta.json alone, and XML that reads", () => {
    assert.deepEqual(readdirSync(plain.out).sort(), [
      "junit.xml",
      "report.html",
      "report.md",
      "run.json",
      "run.meta.json",
    ]);
    const meta = parseRunMeta(read(plain.out, "run.meta.json"), "run.meta.json");
    assert.ok(meta.durationMs > 0 && Object.keys(meta.groups).length > 50);
    for (const word of [meta.host, meta.startedAt, "durationMs"])
      assert.ok(!read(plain.out, "run.json").includes(word));
    const elements = elementsOf(read(plain.out, "junit.xml"));
    assert.equal(elements[0]?.name, "testsuites");
    assert.ok(elements.filter(({ name }) => name === "testcase").length > 50);
  });

  it("writes the same bytes of run.json through Playwright, in a process of its own", async () => {
    const out = join(folder(), "out");
    const { code, stdout, stderr } = await ran(...short, "--target", "reference", "--out", out);
    assert.equal(code, 0, stderr);
    assert.equal(read(out, "run.json"), read(plain.out, "run.json"));
    assert.equal(stdout, plain.stdout.replace(plain.out, out));
    for (const line of stderr.trimEnd().split("\n")) assert.match(line, /^\[\d+\/\d+\] /);
  });

  it("writes the same bytes of run.json twice, and others for another target", async () => {
    const [first, again] = [await inProcess("--target", "evaluator"), await inProcess("--target", "evaluator")];
    assert.deepEqual([first.code, again.code], [0, 0]);
    assert.equal(read(first.out, "run.json"), read(again.out, "run.json"));
    assert.notEqual(read(first.out, "run.json"), read(plain.out, "run.json"));
  });

  it("ends with 3 when the target tells nothing", async () => {
    const { code, stdout, out } = await inProcess("--target", join(modules, "closed.mjs"));
    assert.equal(code, 3);
    assert.match(stdout, /could not be determined/);
    assert.match(stdout, / against closed\.mjs,/);
    assert.equal(parseRunRecord(read(out, "run.json"), "run.json").exitCode, 3);
  });

  it("ends with 4 when something breaks that is nobody's answer", async () => {
    const { code, stdout, stderr, out } = await inProcess("--target", join(modules, "torn.mjs"));
    assert.deepEqual([code, stdout], [4, ""]);
    assert.match(stderr, /^internal error, please report it: Error: torn apart\n/);
    assert.ok(!existsSync(out));
  });

  it("replaces an earlier report, and leaves anything else alone", async () => {
    const again = await said(...short, "--in-process", "--target", "reference", "--out", plain.out);
    assert.equal(again.code, 0);
    const taken = folder({ "orders.csv": "A\n" });
    assert.equal((await said(...short, "--in-process", "--target", "reference", "--out", taken)).code, 2);
    assert.deepEqual(readdirSync(taken), ["orders.csv"]);
  });
});

describe("a run with a defect", () => {
  let broken: Said & { readonly out: string };
  let failure: string;
  before(async () => {
    broken = await inProcess("--target", "evaluator", "--defect", defect);
    const [first] = readdirSync(join(broken.out, "failures")).sort();
    assert.ok(first !== undefined);
    failure = join(broken.out, "failures", first);
  });

  it("ends with 1 and names what is broken", () => {
    assert.equal(broken.code, 1);
    assert.match(broken.stdout, /^ {2}broken: SR-477 /m);
    assert.match(broken.stdout, /^not conformant: /m);
  });

  it("leaves case files that fail again with the defect and are fixed without", async () => {
    const failed = await said("replay", failure, "--target", "evaluator", "--defect", defect);
    assert.equal(failed.code, 1);
    assert.match(failed.stdout, /^FAILED {2,}/m);
    const fixed = await said("replay", failure, "--target", "evaluator");
    assert.equal(fixed.code, 0);
    assert.match(fixed.stdout, /^FIXED {2,}/m);
    assert.ok(!fixed.stdout.includes("FAILED"));
    const verdicts = JSON.parse((await said("replay", failure, "--target", "evaluator", "--json")).stdout) as object[];
    assert.ok(verdicts.length > 0);
    const closed = await said("replay", failure, "--target", join(modules, "closed.mjs"));
    assert.equal(closed.code, 3);
    assert.match(closed.stdout, /^UNDETERMINED {2,}/m);
  });

  it("is rendered again to the same bytes", async () => {
    const out = join(folder(), "again");
    const { code, stdout } = await said("report", join(broken.out, "run.json"), "--out", out);
    assert.deepEqual([code, stdout], [0, `Report: ${join(out, "report.html")}\n`]);
    const files = readdirSync(broken.out, { recursive: true, encoding: "utf8" }).sort();
    assert.deepEqual(readdirSync(out, { recursive: true, encoding: "utf8" }).sort(), files);
    for (const file of files.filter((name) => statSync(join(out, name)).isFile())) {
      assert.equal(read(out, file), read(broken.out, file), file);
    }
  });
});

interface Printed {
  readonly url: string;
  readonly ca: string;
  readonly signingKey: string;
  readonly service: { readonly certificate: string; readonly key: string };
}

describe("serve", () => {
  it("tells where its CA and key lie, keeps the key to its owner, and stops on SIGTERM with 0", async (context) => {
    const child = start(["serve", "--json"]);
    context.after(() => child.kill("SIGKILL"));
    let [told, errors] = ["", ""];
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (told += text));
    while (!told.endsWith("}\n") && child.exitCode === null) await once(child.stdout ?? child, "data");
    const { service, ...papers } = JSON.parse(told) as Printed;
    assert.deepEqual(Object.keys(papers), ["url", "prefix", "ca", "signingKey", "admin"]);
    assert.deepEqual(Object.keys(service), ["certificate", "key", "proxy", "repository"]);
    assert.match(papers.url, /^https:\/\/(?:127\.0\.0\.1|localhost):\d+$/);
    const keys = [papers.signingKey, service.key];
    for (const certificate of [papers.ca, service.certificate])
      assert.match(readFileSync(certificate, "utf8"), /^-----BEGIN CERTIFICATE-----/);
    for (const key of keys) {
      const secret = readFileSync(key, "utf8");
      assert.match(secret, /PRIVATE KEY-----/);
      assert.equal(statSync(key).mode & 0o777, 0o600);
      assert.ok(!told.includes("PRIVATE") && !told.includes(secret.split("\n")[1] ?? "PRIVATE"));
    }
    child.kill("SIGTERM");
    await once(child, "close");
    assert.deepEqual([child.exitCode, errors], [0, ""]);
    for (const key of keys) assert.ok(!existsSync(key), "the key is removed with the server");
  });
});
