/** Both evaluators under records of switches nobody named: what each reading means, they must agree on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Dialect } from "../../catalogue/dialects.ts";
import { dialectWith, readings, switches } from "../../catalogue/readings.ts";
import type { Value } from "../../contract/types.ts";
import { diceOf, type Dice } from "../../generators/dice.ts";
import { randomAccessWorld } from "../../generators/section-access.ts";
import { engineSeams } from "../../mock/engine/seams.ts";
import type { LoadedApp } from "../../reload/model.ts";
import { agreement, type Question } from "./access-agreement.ts";

const seed = 20_240_602;
const records = 30;
const worldsEach = 40;

/** Any record: each switch at a reading of its own. */
function recordFrom(dice: Dice): Dialect {
  const entries = switches.map((name) => {
    const [documented, ...others] = readings[name] as readonly [string | boolean, ...(string | boolean)[]];
    return [name, dice.chance(0.6) ? documented : (others[dice.below(others.length)] ?? documented)];
  });
  return dialectWith(Object.fromEntries(entries));
}

/** One cell in so many becomes another. */
function spoilt(rows: LoadedApp["app"][number]["rows"], dice: Dice, cells: readonly Value[]): typeof rows {
  return rows.map((row) => row.map((value) => (dice.chance(0.06) ? (cells[dice.below(cells.length)] ?? null) : value)));
}

/** What the generator leaves out: another star, empty texts in the data, sources of any kind, stars a formula made. */
function twisted(app: LoadedApp, dice: Dice): LoadedApp {
  const access = app.access?.map((table) => {
    const rows = dice.chance(0.5) ? spoilt(table.rows, dice, ["#", "*", "", null, "straße", "STRASSE"]) : table.rows;
    const resident = dice.chance(0.3);
    return { ...table, rows, inline: resident ? rows.map(() => false) : table.inline };
  });
  return {
    ...(access === undefined ? {} : { access }),
    app: app.app.map((table) => ({
      ...table,
      rows: dice.chance(0.4) ? spoilt(table.rows, dice, ["", "*", "STRASSE", "STRAßE"]) : table.rows,
    })),
    ...(dice.chance(0.4) ? { star: "#" } : {}),
  };
}

function questionsOf(record: number, dice: Dice): readonly Question[] {
  return Array.from({ length: worldsEach }, (_, at) => record * worldsEach + at).flatMap((world) => {
    const { loaded, principals } = randomAccessWorld(seed, world, { disputed: dice.chance(0.7) });
    const app = twisted(loaded, dice);
    return principals.map((who) => ({ world, app, who }));
  });
}

test(`the reference and the SQL agree under ${records} records of switches, each on ${worldsEach} worlds`, async (t) => {
  const told: { record: Dialect; first: number; count: number }[] = [];
  let asks = 0;
  for (let at = 0; at < records; at++) {
    const dice = diceOf(seed, at);
    const record = recordFrom(dice);
    const found = await agreement(questionsOf(at, dice), { dialect: record, seams: engineSeams });
    asks += found.asks;
    if (found.first !== undefined) told.push({ record, first: found.first, count: found.disagreements });
  }
  t.diagnostic(`${asks} asks`);
  assert.ok(asks >= records * worldsEach);
  assert.deepEqual(told, []);
});
