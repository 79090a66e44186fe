import assert from "node:assert/strict";
import { test } from "node:test";
import { dialectOf } from "../../../catalogue/dialects.ts";
import { randomAccessWorld } from "../../../generators/section-access.ts";
import { evaluateAccess, type AccessAnswer, type AccessQuestion } from "../../../mock/engine/evaluate.ts";

const documented = dialectOf("documented");

const questions: readonly AccessQuestion[] = Array.from({ length: 60 }, (_, index) =>
  randomAccessWorld(7, index, { mode: index % 3 === 0 ? "hostile" : "valid" }),
).flatMap(({ loaded, principals }) => principals.map((who): AccessQuestion => ({ app: loaded, who })));

function bag(answer: AccessAnswer | undefined): unknown {
  if (answer?.access !== "granted") return "denied";
  return answer.tables.map(({ fields, rows }) => [fields, rows.map((row) => JSON.stringify(row)).sort()]);
}

test("a user's answer does not depend on who else is asked about", async () => {
  const together = await evaluateAccess(questions, documented);
  assert.ok(together.some((answer) => answer.access === "denied"));
  assert.ok(together.some((answer) => answer.access === "granted"));
  for (let index = 0; index < questions.length; index += 13) {
    assert.deepEqual(await evaluateAccess(questions.slice(index, index + 1), documented), [together[index]]);
  }
});

test("the order of rows in section access changes nothing (SA-RED-11)", async () => {
  const turned = questions.map(({ app, who }) => ({
    app: {
      ...app,
      access: (app.access ?? []).map((table) => ({
        ...table,
        rows: [...table.rows].reverse(),
        inline: [...table.inline].reverse(),
      })),
    },
    who,
  }));
  const [straight, reversed] = [await evaluateAccess(questions, documented), await evaluateAccess(turned, documented)];
  assert.deepEqual(reversed, straight);
});

test("the order of app tables and of their rows changes nothing but the order", async () => {
  const turned = questions.map(({ app, who }) => ({
    app: { ...app, app: [...app.app].reverse().map((table) => ({ ...table, rows: [...table.rows].reverse() })) },
    who,
  }));
  const straight = await evaluateAccess(questions, documented);
  const reversed = await evaluateAccess(turned, documented);
  straight.forEach((answer, index) => {
    const other = reversed[index];
    const turnedBack = other?.access === "granted" ? { ...other, tables: [...other.tables].reverse() } : other;
    assert.deepEqual(bag(turnedBack), bag(answer), `question ${index}`);
  });
});
