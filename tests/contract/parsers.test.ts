import assert from "node:assert/strict";
import { test } from "node:test";
import {
  caseParser,
  outcomeParser,
  parseCase,
  parseRunMeta,
  parseSite,
  placeOf,
  probeParser,
  siteParser,
  verdictParser,
} from "../../contract/parsers.ts";
import { ConformanceError } from "../../contract/errors.ts";
import type { ErrorDetails } from "../../contract/errors.ts";
import { ann, changed, misfits, regionCase, regionText } from "./samples.ts";

function refusal(text: string): ErrorDetails & { message: string } {
  try {
    parseCase(text, "regions.json");
  } catch (error) {
    assert.ok(error instanceof ConformanceError, String(error));
    assert.equal(error.code, "input");
    return { ...error.details, message: error.message };
  }
  assert.fail("accepted");
}

/** Line and column of the n-th occurrence of a needle, counted by hand from the text itself. */
function where(text: string, needle: string, nth = 0): { line: number; column: number } {
  let offset = -1;
  for (let seen = 0; seen <= nth; seen++) offset = text.indexOf(needle, offset + 1);
  assert.notEqual(offset, -1, needle);
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

test("reads a case as it is written", () => {
  assert.deepEqual(parseCase(regionText, "regions.json"), regionCase);
});

test("reads a text that begins with a byte order mark", () => {
  assert.deepEqual(parseCase(`\uFEFF${regionText}`, "regions.json"), regionCase);
});

test("keeps fields of entities it does not know", () => {
  const site = { entities: { Stream: [{ id: "s1", invented: { deep: [1, null, "x"] } }] }, apps: {} };
  assert.deepEqual(parseSite(JSON.stringify(site), "site.json"), site);
});

for (const [what, value] of Object.entries(misfits)) {
  test(`refuses a case with ${what}`, () => {
    assert.equal(caseParser.safeParse(value).success, false);
    const details = refusal(JSON.stringify(value, undefined, 2));
    assert.equal(details.file, "regions.json");
    assert.ok((details.line ?? 0) >= 1 && (details.column ?? 0) >= 1);
    assert.equal(typeof details.remedy, "string");
  });
}

test("points at the value that does not fit, and lists what would", () => {
  const text = JSON.stringify(changed(["asks", 0, "probe", "through"], "window"), undefined, 2);
  const details = refusal(text);
  assert.match(details.message, /asks\[0\]\.probe\.through/);
  assert.match(details.expected ?? "", /"tables".*"hypercube".*"export"/);
  assert.deepEqual({ line: details.line, column: details.column }, where(text, '"window"'));
});

test("names an unknown kind and the kinds there are", () => {
  const details = refusal(JSON.stringify(misfits["an unknown probe"]));
  assert.match(details.message, /asks\[0\]\.probe\.kind/);
  assert.match(details.expected ?? "", /"open".*"decide".*"login".*"impersonate".*"converse"/);
});

test("points at an unknown key by name", () => {
  const text = JSON.stringify(changed(["remark"], "x"), undefined, 2);
  const details = refusal(text);
  assert.match(details.message, /remark is an unknown key/);
  assert.deepEqual({ line: details.line, column: details.column }, where(text, '"x"', 0));
});

test("points at the closest shape where several could have been meant", () => {
  const text = JSON.stringify(
    changed(["asks", 0, "probe"], {
      kind: "decide",
      as: ann,
      resource: { type: "App", wouldBe: { name: "Sales" } },
      action: "read",
      context: "hub",
    }),
  );
  assert.match(refusal(text).message, /probe\.resource\.wouldBe\.id/);
});

test("points at the place where the text stops being JSON", () => {
  const cases: readonly (readonly [string, number, number, string])[] = [
    ['{"id": "x",\n  "title" "y"}', 2, 11, '":"'],
    ['{"id": "x",}', 1, 12, "a key in double quotes"],
    ["", 1, 1, "a value"],
    ['{"asks": [1 2]}', 1, 13, '"," or "]"'],
    ['{"id":\r\n "a\tb"}', 2, 2, "a value"],
    ["{} {}", 1, 4, "the end of the text"],
    ['{"n": 01}', 1, 8, '"," or "}"'],
    ["['a']", 1, 2, "a value"],
  ];
  for (const [text, line, column, expected] of cases) {
    const details = refusal(text);
    assert.deepEqual([details.line, details.column, details.expected], [line, column, expected], text);
  }
});

test("points at the last of a key that stands twice, which is the one that counts", () => {
  assert.deepEqual(placeOf('{"title": "a",\n "title": 3}', ["title"]), { line: 2, column: 11 });
  assert.deepEqual(placeOf('{"title": "a"}', ["asks", 0]), { line: 1, column: 1 });
});

test("refuses endless nesting without exhausting the stack", () => {
  for (const text of ["[".repeat(1e5), `${"[".repeat(1e5)}${"]".repeat(1e5)}`, `{"a":`.repeat(1e5)]) {
    assert.match(`${refusal(text).message} ${refusal(text).expected}`, /at most 200 levels/);
  }
});

test("refuses a key that JavaScript would swallow", () => {
  const text = '{"entities": {"App": [{"id": "a1",\n "__proto__": {"x": 1}}]}, "apps": {}}';
  assert.throws(
    () => parseSite(text, "site.json"),
    (error) => error instanceof ConformanceError && error.details.line === 2 && /__proto__/.test(error.message),
  );
});

test("refuses asks whose ids repeat, and names that lead nowhere", () => {
  const dangling: readonly (readonly [unknown, RegExp])[] = [
    [changed(["asks", 1, "id"], "ann"), /stands twice/],
    [changed(["asks", 0, "contrast"], "dora"), /no contrast/],
    [changed(["asks", 0, "contrast"], "ann"), /no contrast/],
    [changed(["asks", 1, "at"], "second"), /no site is called "second"/],
    [
      changed(["asks", 1, "expected"], { kind: "relation", because: [], to: ["dora"], holds: "equal" }),
      /relates to an ask not there/,
    ],
  ];
  for (const [value, message] of dangling) assert.match(refusal(JSON.stringify(value)).message, message);
});

test("reads every kind of probe", () => {
  const probes = [
    { kind: "open", app: "a1", as: ann, through: "counts", noData: true },
    { kind: "decide", as: ann, resource: { type: "App", id: "a1" }, action: "read", context: "qmc" },
    {
      kind: "login",
      proxy: "jwt",
      with: { by: "jwt", header: {}, claims: { userId: "ann" }, key: "none", expiresIn: -9 },
    },
    { kind: "login", proxy: "jwt", with: { by: "ticket", principal: ann } },
    { kind: "login", proxy: "jwt", with: { by: "bytes", authorization: "Bearer x" } },
    { kind: "login", proxy: "jwt", with: { by: "nothing" } },
    { kind: "impersonate", datasource: "Reports" },
    { kind: "converse", steps: [{ actor: "ann", do: "login", with: { proxy: "jwt" } }] },
  ];
  for (const probe of probes) assert.deepEqual(probeParser.parse(probe), probe);
});

test("reads every kind of outcome, transcripts in transcripts too", () => {
  const outcomes = [
    { kind: "measure", values: { "rows(Sales)": 3 } },
    { kind: "without-data" },
    { kind: "decision", allowed: true, broken: ["Stream"] },
    { kind: "session", directory: "TRADING", id: "ann", sets: { apps: ["Sales"] } },
    { kind: "undetermined", code: "unlicensed", detail: "no licence" },
    { kind: "transcript", of: [{ kind: "transcript", of: [{ kind: "refused", by: "proxy", code: 401 }] }] },
  ];
  for (const outcome of outcomes) assert.deepEqual(outcomeParser.parse(outcome), outcome);
});

test("reads every result of a verdict", () => {
  const on = { case: "c", ask: "a", requirements: ["SA-RED-01"] };
  const expected = { kind: "relation", because: [], to: ["b"], holds: "within" };
  const verdicts = [
    { ...on, result: "acceptable" },
    { ...on, result: "observed", expected, observed: { kind: "without-data" }, difference: "no data" },
    { ...on, result: "inapplicable", missing: "ambient-decides" },
    { ...on, result: "inconclusive", code: "uncontrolled", detail: "no control" },
    { ...on, result: "harness-error", detail: "lost" },
  ];
  for (const verdict of verdicts) assert.deepEqual(verdictParser.parse(verdict), verdict);
  assert.equal(verdictParser.safeParse({ ...on, result: "pass", difference: "none" }).success, false);
});

test("refuses numbers that JSON cannot carry back", () => {
  assert.equal(siteParser.safeParse({ entities: { App: [{ id: "a1", size: Infinity }] }, apps: {} }).success, false);
});

test("says what a meta file is not", () => {
  assert.throws(() => parseRunMeta("{}", "run.meta.json"), /not a run's meta data: format/);
});
