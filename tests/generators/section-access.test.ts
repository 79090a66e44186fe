/** Worlds are reproducible, print what they hold, shrink, and are spread over the decision table. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import { check, property } from "fast-check";
import { defaultDialect, dialectOf } from "../../catalogue/dialects.ts";
import type { Principal } from "../../contract/types.ts";
import { printUsersCsv, usersOf } from "../../generators/print.ts";
import { accessWorld, randomAccessWorld, type AccessWorld } from "../../generators/section-access.ts";
import { smallerWorlds } from "../../generators/smaller-worlds.ts";
import { cellsOf, securityTables } from "../../reference/section-access/access-model.ts";
import { standingOf } from "../../reference/section-access/identity.ts";
import { isSystemField } from "../../reference/section-access/names.ts";
import { dataKeys, expandStars } from "../../reference/section-access/reducing-fields.ts";
import { reduce } from "../../reference/section-access/spec.ts";
import { borderKey, isStar } from "../../reference/section-access/values.ts";
import { reload } from "../../reload/index.ts";

const dialect = dialectOf(defaultDialect);
const worlds = Array.from({ length: 2000 }, (_, index) => randomAccessWorld(7, index));

function sizeOf({ loaded, principals }: Pick<AccessWorld, "loaded" | "principals">): number {
  const tables = [...(loaded.access ?? []), ...loaded.app];
  const cells = tables.map((table) => table.fields.length * (table.rows.length + 1));
  const people = principals.map((who) => 1 + who.groups.length);
  const loose = loaded.app.filter((table) => table.loosened).length;
  return [...cells, ...people].reduce((sum, size) => sum + size, loose + tables.length);
}

function refuses(world: AccessWorld): boolean {
  return world.principals.some((who) => reduce(world.loaded, who, dialect).access === "denied");
}

/** Rows of the decision table (§8) this user's fields fall into. */
function tableRows({ loaded }: AccessWorld, who: Principal): string[] {
  const tables = securityTables(loaded, dialect);
  const standing = standingOf(tables, who, dialect);
  const { level } = standing;
  if (level === undefined) return [];
  const names = [...new Set(tables.flatMap((table) => table.fields))].filter((name) => !isSystemField(name, dialect));
  return names.flatMap((name) => {
    const cells = cellsOf(tables, name, standing.rows);
    const inData = dataKeys(loaded.app, [name], dialect);
    const inApp = loaded.app.some((table) => table.fields.includes(name));
    if (!inApp) return name === "PROFILE" || name === "OMITGROUP" ? [] : [`${level}: not in app`];
    if (cells.every(({ value }) => value === "")) return [`${level}: only blank`];
    const star = cells.some(({ value }) => isStar(value)) ? "star, " : "";
    const match = expandStars(name, cells, { tables, dialect }).some((value) =>
      inData.has(borderKey(value, dialect) ?? ""),
    );
    return [`${level}: ${star}${match ? "some" : "none"} match`];
  });
}

describe("worlds", () => {
  test("are the same for the same seed and index, whatever else was made", () => {
    assert.deepEqual(randomAccessWorld(7, 41).loaded, worlds[41]?.loaded);
    assert.notDeepEqual(randomAccessWorld(8, 41).loaded, worlds[41]?.loaded);
    assert.notDeepEqual(randomAccessWorld(7, 42).loaded, worlds[41]?.loaded);
  });

  test("stay what they were: campaigns are addressed by seed and index", () => {
    const sample = worlds.slice(0, 200).map(({ loaded, principals, script }) => ({ loaded, principals, script }));
    const hash = createHash("sha256").update(JSON.stringify(sample)).digest("hex").slice(0, 16);
    assert.equal(hash, "559b1447b430f764");
  });

  test("reload from their script to exactly the tables they hold", () => {
    for (const { script, loaded } of worlds.slice(0, 400)) assert.deepEqual(reload(script), loaded);
  });

  test("are made at more than a thousand a second", () => {
    const rounds = Array.from({ length: 5 }, (_, round) => {
      const start = performance.now();
      for (let index = 0; index < 200; index++) randomAccessWorld(round, index);
      return performance.now() - start;
    });
    assert.ok(Math.min(...rounds) < 200, `200 worlds took ${Math.min(...rounds)} ms at best`);
  });

  test("hold what is disputed only when asked, and reload all the same", () => {
    const cited = new Set<string>();
    for (let index = 0; index < 400; index++) {
      const { loaded, principals, script } = randomAccessWorld(5, index, { disputed: true });
      assert.deepEqual(reload(script), loaded);
      for (const who of principals) for (const why of reduce(loaded, who, dialect).because) cited.add(why.requirement);
    }
    for (const open of ["SA-STR-03", "SA-STR-10", "SA-ACC-05", "SA-ROW-01", "SA-WLD-05", "SA-SCR-08"])
      assert.ok(cited.has(open), open);
  });

  test("shrink in steps that are smaller each and never end in an error", () => {
    for (const world of worlds.slice(0, 40)) {
      const steps = [...smallerWorlds(world.loaded, world.principals)];
      assert.ok(steps.length > 0);
      for (const step of steps) assert.ok(sizeOf(step) < sizeOf(world));
    }
  });

  test("shrink to a single person and a single row where that suffices to show a thing", () => {
    const result = check(
      property(accessWorld(), (world) => !refuses(world)),
      { seed: 3, numRuns: 200 },
    );
    assert.ok(result.failed && result.counterexample !== null);
    const [smallest] = result.counterexample;
    assert.equal(smallest.principals.length, 1);
    assert.equal(smallest.loaded.app.flatMap((table) => table.rows).length, 0);
  });
});

describe("people", () => {
  const ann: Principal = { directory: "CORP", id: "ann", groups: ["Sales", 'Fin "A"'], attributes: {}, session: {} };
  const ben: Principal = { directory: "CORP", id: "ben", groups: [], attributes: {}, session: {} };

  test("print as CSV, a line a group, and one without any", () => {
    assert.equal(printUsersCsv([ann, ben]), 'user,group\nCORP\\ann,Sales\nCORP\\ann,"Fin ""A"""\nCORP\\ben,\n');
  });
  test("print as QRS users with groups as attributes", () => {
    const [first] = usersOf([ann]);
    assert.equal(first?.["userDirectory"], "CORP");
    assert.deepEqual(first?.["attributes"], [
      { attributeType: "group", attributeValue: "Sales" },
      { attributeType: "group", attributeValue: 'Fin "A"' },
    ]);
  });
});

describe("spread", () => {
  const asks = worlds.flatMap((world) => world.principals.map((who) => ({ world, who })));

  test("is at least 30 % partly reduced and at most 30 % denied", () => {
    const answers = asks.map(({ world, who }) => {
      const answer = reduce(world.loaded, who, dialect);
      if (answer.access === "denied") return "denied";
      const kept = answer.tables.reduce((sum, table) => sum + table.rows.length, 0);
      const all = world.loaded.app.reduce((sum, table) => sum + table.rows.length, 0);
      return kept > 0 && (kept < all || answer.omitted.length > 0) ? "partly" : "other";
    });
    const share = (kind: string): number => answers.filter((answer) => answer === kind).length / answers.length;
    assert.ok(share("partly") >= 0.3, `partly ${share("partly")}`);
    assert.ok(share("denied") <= 0.3, `denied ${share("denied")}`);
  });

  test("meets every row of the decision table a hundred times in 20,000 cases", () => {
    const counts = new Map<string, number>();
    for (const { world, who } of asks) {
      for (const row of tableRows(world, who)) counts.set(row, (counts.get(row) ?? 0) + 1);
    }
    const needed = (100 * worlds.length) / 20_000;
    const rows = ["some match", "none match", "star, some match", "star, none match", "not in app"];
    for (const level of ["USER", "ADMIN"]) {
      for (const row of rows)
        assert.ok(
          (counts.get(`${level}: ${row}`) ?? 0) >= needed,
          `${level}: ${row} ${counts.get(`${level}: ${row}`)}`,
        );
    }
    assert.ok((counts.get("ADMIN: only blank") ?? 0) >= needed);
  });

  test("leaves what is disputed out: no blank for a USER, no mixed levels", () => {
    const cited = new Set(
      asks.flatMap(({ world, who }) => reduce(world.loaded, who, dialect).because.map((why) => why.requirement)),
    );
    for (const disputed of ["SA-STR-03", "SA-STR-10", "SA-ACC-05", "SA-ROW-01", "SA-ROW-03", "SA-ACC-02"]) {
      assert.ok(!cited.has(disputed as never), disputed);
    }
    assert.ok(cited.has("SA-PRP-06") && cited.has("SA-PRP-07") && cited.has("SA-OMT-05") && cited.has("SA-RED-08"));
  });
});
