import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dialectOf } from "../../../catalogue/dialects.ts";
import { requirements } from "../../../catalogue/index.ts";
import { isKnownError } from "../../../contract/errors.ts";
import type { Value } from "../../../contract/types.ts";
import { defects } from "../../../mock/defects/index.ts";
import { evaluateAccess } from "../../../mock/engine/evaluate.ts";
import { engineSeams, type EngineSeams } from "../../../mock/engine/seams.ts";
import { plainSeams } from "../../../mock/plain-seams.ts";
import type { LoadedApp } from "../../../reload/model.ts";
import { asked } from "./asked-examples.ts";
import { scripted, type Scripted } from "./scripted-examples.ts";
import { shown, type Shown } from "./shown-examples.ts";
import { who } from "./worked-examples.ts";

function cellText(value: Value): string {
  return typeof value === "object" && value !== null ? `${value.n} as ${value.t}` : String(value);
}

async function seen({ app, user, dialect = {} }: Shown, seams: EngineSeams): Promise<string> {
  const question = { app, who: typeof user === "string" ? who(user) : user };
  const [answer] = await evaluateAccess([question], { ...dialectOf("documented"), ...dialect }, seams);
  if (answer === undefined || answer.access === "denied") return "denied";
  return answer.tables
    .map(({ fields, rows }) => `${fields.join(" ")}: ${rows.map((row) => row.map(cellText).join(" ")).join(" | ")}`)
    .join("; ");
}

function loaded(reload: () => LoadedApp): LoadedApp | undefined {
  try {
    return reload();
  } catch (error) {
    if (isKnownError(error)) return undefined;
    throw error;
  }
}

/** What the app of a script shows; `fails` where it no longer loads. */
async function seenOf(
  { script, files, binary, user = "TRADING\\ann", tables }: Scripted,
  seams: EngineSeams,
): Promise<string> {
  const other = binary === undefined ? undefined : engineSeams.reload(binary);
  const app = loaded(() => seams.reload(script, { files: (path) => files?.[path], binary: () => other }));
  if (app === undefined) return "fails";
  if (tables === true) return app.app.map((table) => table.name).join(" ");
  return await seen({ app, user, correct: "" }, seams);
}

const ofEngine = defects.filter((defect) => defect.replace(plainSeams).engine !== plainSeams.engine);

describe("defects of the engine", () => {
  test("are at least twelve, each shown below", () => {
    assert.ok(ofEngine.length >= 12);
    const names = ofEngine.map((defect) => defect.name).sort();
    assert.deepEqual(names, [shown, scripted, asked].flatMap(Object.keys).sort());
  });

  test("name requirements of the catalogue", () => {
    const known = new Set<string>(requirements.map((requirement) => requirement.id));
    assert.deepEqual(
      ofEngine.flatMap((defect) => defect.breaks).filter((id) => !known.has(id)),
      [],
    );
  });

  for (const defect of ofEngine) {
    test(`${defect.name} changes what the documents say`, async () => {
      const wrong = defect.replace(plainSeams).engine;
      const example = shown[defect.name];
      if (example !== undefined) {
        assert.equal(await seen(example, engineSeams), example.correct);
        assert.notEqual(await seen(example, wrong), example.correct);
        return;
      }
      const script = scripted[defect.name];
      if (script !== undefined) {
        assert.equal(await seenOf(script, engineSeams), script.correct);
        assert.notEqual(await seenOf(script, wrong), script.correct);
        return;
      }
      const question = asked[defect.name];
      assert.ok(question);
      assert.deepEqual(await question.ask(engineSeams), question.correct);
      assert.notDeepEqual(await question.ask(wrong), question.correct);
    });
  }
});
