import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, it } from "node:test";
import { folder, root, said } from "./command.ts";

function urlOf(...path: readonly string[]): string {
  return JSON.stringify(pathToFileURL(join(root, ...path)).href);
}

/** A target in a file: the reference under readings that may change from one answer to the next. */
function moduleOf(readingsAt: string): string {
  const text = `
import { referenceOf } from ${urlOf("targets", "reference.ts")};
import { dialectWith } from ${urlOf("catalogue", "readings.ts")};
const readingsAt = ${readingsAt};
let asked = 0;
export const target = {
  name: "a site",
  capabilities: ["deploy", "reload", "groups", "surface:tables"],
  prepare: async (site, how) => ({
    ask: async (probe, signal) => {
      const deployment = await referenceOf(dialectWith(readingsAt(asked++, probe))).prepare(site, how);
      return deployment.ask(probe, signal);
    },
    dispose: async () => {},
  }),
};
`;
  return join(folder({ "target.ts": text }), "target.ts");
}

function parsed(text: string): { readonly [part: string]: readonly { readonly [name: string]: unknown }[] } {
  return JSON.parse(text) as { readonly [part: string]: readonly { readonly [name: string]: unknown }[] };
}

describe("fingerprint", () => {
  it("names every reading of the reference, and the dialect it is", async () => {
    const { code, stdout, stderr } = await said("fingerprint", "--target", "reference", "--dialect", "cloud");
    assert.equal(code, 0);
    assert.equal(stderr, "");
    assert.match(stdout, /all of its answers are explained/);
    assert.match(stdout, /^ {2}userEmail +email +SA-SYS-03 +e-mail$/m);
    assert.match(stdout, /^ {2}cloud \(declared\): fits$/m);
    assert.match(stdout, /Not asked about:\n {2}.*csrfOnUpgrade/);
    assert.doesNotMatch(stdout, /documented/);
  });

  it("says what answers do not tell apart, as text and as JSON", async () => {
    const target = moduleOf("() => ({ strict: false, userBlank: 'all' })");
    const { code, stdout } = await said("fingerprint", "--target", target);
    assert.equal(code, 0);
    assert.match(stdout, /^ {2}strictScope perField or overall$/m);
    assert.match(stdout, /^ {2}strict +false/m);
    const {
      settled = [],
      open = [],
      unexplained,
      dialects = [],
    } = parsed((await said("fingerprint", "--target", target, "--json")).stdout);
    assert.equal(settled.find((one) => one["switch"] === "strict")?.["reading"], false);
    assert.ok(open.some(({ switches }) => JSON.stringify(switches) === '["userBlank"]'));
    assert.deepEqual(unexplained, []);
    const [nearest] = dialects;
    assert.deepEqual(nearest?.["departs"], [{ switch: "strict", dialect: true, target: [false] }]);
  });

  it("tells a target that follows another reading each time, and ends with 1", async () => {
    const target = moduleOf("(asked) => ({ strict: asked % 2 === 0 })");
    const { code, stdout } = await said("fingerprint", "--target", target);
    assert.equal(code, 1);
    assert.match(stdout, /no reading explains all of its answers/);
    assert.match(stdout, /user-without-match\/ann: the same question got two different answers/);
  });

  it("tells a target that follows one reading in one app and another in the next, and ends with 1", async () => {
    const app = "probe.app.endsWith('7')";
    const target = moduleOf(`(_, probe) => ({ rowMatch: ${app} ? 'and' : 'or', strict: ${app} })`);
    const { code, stdout } = await said("fingerprint", "--target", target, "--json");
    assert.equal(code, 1);
    assert.ok(parsed(stdout)["unexplained"]?.some(({ kind }) => kind === "contradictory"));
  });

  it("ends with 3 where nobody answers, in one line for each cause", async () => {
    const silent = "export const login = () => ({ kind: 'refused', by: 'proxy', code: 401 });\n";
    const { code, stdout } = await said(
      "fingerprint",
      "--target",
      join(folder({ "silent.mjs": silent }), "silent.mjs"),
    );
    assert.equal(code, 3);
    assert.match(stdout, /some questions were not answered/);
    assert.match(stdout, /open-to-all\/ann and \d+ more: not-found, the module does not answer "open"/);
  });

  it("ends with 3 where the target can be asked nothing", async () => {
    const lacking = "export const capabilities = ['audit'];\nexport const open = () => null;\n";
    const other = await said("fingerprint", "--target", join(folder({ "lacking.mjs": lacking }), "lacking.mjs"));
    assert.equal(other.code, 3);
    assert.match(other.stderr, /^error: the target .* can be asked nothing: it lacks deploy; expected .*\n$/);
  });

  it("says nothing of rules where a stream is open that no rule opens: others may have opened it", async () => {
    const lenient = "export const decide = () => ({ kind: 'decision', allowed: true });\n";
    const { code, stdout } = await said("fingerprint", "--target", join(folder({ "l.mjs": lenient }), "l.mjs"));
    assert.equal(code, 3);
    assert.match(stdout, /no-rule\/dora and \d+ more: uncontrolled, a stream that no rule of the probes opens is open/);
    assert.doesNotMatch(stdout, /No reading gives/);
  });

  it("ends with 3 where everybody is refused everything: that is no reading", async () => {
    const denying = "export const open = () => ({ kind: 'refused', by: 'engine', code: 5 });\n";
    const { code, stdout } = await said("fingerprint", "--target", join(folder({ "no.mjs": denying }), "no.mjs"));
    assert.equal(code, 3);
    assert.match(stdout, /does not even open the app without section access/);
  });

  it("writes both files whole, or nothing", async () => {
    const out = join(folder({}), "found");
    const { code, stderr } = await said("fingerprint", "--target", "reference", "--out", out);
    assert.equal(code, 0);
    assert.match(stderr, /2 files in /);
    assert.deepEqual(readdirSync(out).toSorted(), ["fingerprint.json", "fingerprint.txt"]);
    assert.equal(parsed(readFileSync(join(out, "fingerprint.json"), "utf8"))["settled"]?.length, 48);
    const again = await said("fingerprint", "--target", "reference", "--out", out);
    assert.equal(again.code, 2);
    assert.match(again.stderr, /^error: the folder .* is not empty; .*new or empty folder.*\n$/);
  });

  const mistakes: readonly (readonly [words: readonly string[], tells: RegExp])[] = [
    [[], /--target is missing/],
    [["--target", "nowhere"], /there is no such module/],
    [["--target", "reference", "--dialect", "cm-1999"], /unknown dialect "cm-1999"; expected one of/],
    [["--target", "reference", "--defect", "omit-ignored"], /takes no defect/],
    [["--target", "mock", "--defect", "nothing"], /no such defect/],
    [["--target", "qlik"], /needs a configuration/],
    [["--target", "reference", "--frobnicate"], /nknown option/],
    [["--target", "reference", "stray"], /stray word "stray"/],
    [["--target", "reference", "--out", join(root, "package.json")], /is a file/],
  ];
  for (const [words, tells] of mistakes) {
    it(`refuses ${words.join(" ") || "no words"} with one line and 2`, async () => {
      const { code, stdout, stderr } = await said("fingerprint", ...words);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, tells);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
      assert.ok(!existsSync(join(root, "fingerprint.json")));
    });
  }
});
