/** Bad input: one line with the place and what to do, exit 2, nothing on stdout, nothing written. */
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { describe, it } from "node:test";
import { assertOneLine, ran, said } from "./command.ts";
import { at, bad, mistakes, reduceBy, trading } from "./mistakes.ts";

describe("bad input", () => {
  for (const [title, { words, tells }] of Object.entries(mistakes)) {
    it(`is told in one line: ${title}`, async () => {
      const before = readdirSync(bad);
      const answer = await said(...words);
      assertOneLine(answer);
      assert.match(answer.stderr, tells);
      assert.deepEqual(readdirSync(bad), before);
      assert.ok(!existsSync(at("new")));
    });
  }

  it("is told as JSON to who asked for JSON", async () => {
    const { code, stdout, stderr } = await said("decide", "--site", at("comma.json"), "--json");
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.deepEqual(JSON.parse(stderr), {
      error: {
        code: "input",
        message: "not valid JSON",
        file: at("comma.json"),
        line: 3,
        column: 16,
        expected: "a key in double quotes",
        remedy: "correct the text at this place",
      },
    });
    const both = await said("decide", "--site", trading, "--json", "--matrix");
    assert.match(both.stderr, /^\{"error":\{"code":"usage","message":"--json and --matrix exclude each other"/);
    const unknown = await said("reduse", "--json");
    assert.equal((JSON.parse(unknown.stderr) as { error: { code: string } }).error.code, "usage");
  });

  it("is told by the process as it is in here", async () => {
    const words = reduceBy("--script", at("brackets.qvs"));
    assert.deepEqual(await ran(...words), await said(...words));
  });

  it("shows what there is to who says nothing", async () => {
    const { code, stdout, stderr } = await said();
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^qlik-conformance <command> \[options\]\n/);
  });
});
