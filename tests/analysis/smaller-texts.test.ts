/** One step smaller: what each step leaves of a script or a condition, and that steps come to an end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { smallerConditions, smallerScripts } from "../../analysis/smaller-texts.ts";
import { parseLoadScript } from "../../languages/load-script/parse.ts";
import { printLoadScript } from "../../languages/load-script/print.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";

const access = "Access: LOAD * INLINE [\nACCESS,USERID,REGION\nUSER,ANN,NORTH\nUSER,BEN,\n];";

/** As the printer writes it, so that candidates can be told apart by their text. */
function printed(script: string): string {
  return printLoadScript(parseLoadScript(script));
}

function inline(...lines: readonly string[]): string {
  return printed(`Access: LOAD * INLINE [\n${lines.join("\n")}\n];`);
}

test("takes a statement, a row, a column or a cell from a script", () => {
  const candidates = [...smallerScripts(`SET A = 1; ${access}`)];
  const whole = "SET A = 1;\n";
  assert.deepEqual(candidates, [
    printed(access),
    whole,
    whole + inline("ACCESS,USERID,REGION", "USER,BEN,"),
    whole + inline("ACCESS,USERID,REGION", "USER,ANN,NORTH"),
    whole + inline("USERID,REGION", "ANN,NORTH", "BEN,"),
    whole + inline("ACCESS,REGION", "USER,NORTH", "USER,"),
    whole + inline("ACCESS,USERID", "USER,ANN", "USER,BEN"),
    whole + inline("ACCESS,USERID,REGION", ",ANN,NORTH", "USER,BEN,"),
    whole + inline("ACCESS,USERID,REGION", "USER,,NORTH", "USER,BEN,"),
    whole + inline("ACCESS,USERID,REGION", "USER,ANN,", "USER,BEN,"),
    whole + inline("ACCESS,USERID,REGION", "USER,ANN,NORTH", ",BEN,"),
    whole + inline("ACCESS,USERID,REGION", "USER,ANN,NORTH", "USER,,"),
  ]);
});

test("takes half of many rows at once, and then fewer", () => {
  const rows = Array.from({ length: 8 }, (_, at) => String(at));
  const left = [...smallerScripts(inline("N", ...rows))].map((script) => (script.match(/^\d$/gm) ?? []).length);
  assert.deepEqual(left.filter((count) => count < 8).slice(0, 7), [0, 4, 4, 6, 6, 6, 6]);
  // Eight rows dropped; eight cells blanked, each of them all its row has.
  assert.equal(left.filter((count) => count === 7).length, 16);
});

test("takes a field of a LOAD, and never the last", () => {
  const two = [...smallerScripts("T: LOAD A, B AS C RESIDENT U;")];
  assert.deepEqual(two.slice(1), [printed("T: LOAD B AS C RESIDENT U;"), printed("T: LOAD A RESIDENT U;")]);
  assert.deepEqual([...smallerScripts("T: LOAD A RESIDENT U;")], [""]);
});

test("keeps delimiters, lines without labels and data with quotation marks readable", () => {
  const semicolons = [...smallerScripts("LOAD * INLINE [\nA;B\n1;2\n] (delimiter is ';');")];
  assert.ok(semicolons.some((script) => script.includes("[\nB\n2\n]")));
  const unlabelled = [...smallerScripts("LOAD * INLINE [\n1,2\n3,4\n] (no labels);")];
  assert.ok(
    unlabelled.some((script) => script.includes("[\n2\n4\n]")) &&
      unlabelled.some((script) => script.includes("[\n3,4\n]")),
  );
  const quoted = [...smallerScripts('LOAD * INLINE [\nA\n"1,2"\n3\n];')];
  assert.deepEqual(quoted.length, 3);
});

test("gives nothing for a script or a condition that cannot be read", () => {
  for (const script of ["LOAD", "Section;", ""]) assert.deepEqual([...smallerScripts(script)], []);
  for (const condition of ["", "user.name=", 'user.name="ann']) assert.deepEqual([...smallerConditions(condition)], []);
});

const [a, b, c] = ['user.name = "ann"', 'user.name = "ben"', 'resource.name = "Sales"'];

function stepsOf(condition: string): readonly string[] {
  return [...smallerConditions(condition)];
}

test("takes a side, a term, a negation or parentheses from a condition", () => {
  assert.deepEqual(stepsOf(`${a} and ${b}`), [a, b]);
  assert.deepEqual(stepsOf(`${a} or ${b} or ${c}`), [a, b, c, `${b} or ${c}`, `${a} or ${c}`, `${a} or ${b}`]);
  assert.deepEqual(stepsOf(`!(${a})`), [`(${a})`, `!${a}`, ""]);
  assert.deepEqual(stepsOf(`${a} and (${b} or ${c})`), [a, `(${b} or ${c})`, `${a} and (${b})`, `${a} and (${c})`]);
  assert.deepEqual([stepsOf(a), stepsOf("")], [[""], []]);
});

test("comes to an end, whichever steps are taken, and every text on the way can be read", () => {
  const script = `SET A = 1; Section Access; ${access} Section Application; Data: LOAD REGION, 1 AS N INLINE [REGION\nNORTH\nSOUTH\n];`;
  const condition = `!(${a} && !(${b} || ((${c}))))`;
  for (const pick of [0, -1]) {
    let [text, rule] = [script, condition];
    for (let next: string | undefined = text; next !== undefined; next = [...smallerScripts(text)].at(pick)) {
      parseLoadScript(next);
      text = next;
    }
    for (let next: string | undefined = rule; next !== undefined; next = [...smallerConditions(rule)].at(pick)) {
      parseCondition(next);
      rule = next;
    }
    assert.equal(text, "");
    assert.equal(rule, "");
  }
});
