/** Worlds are reproducible, print what they hold, shrink, and hold nothing disputed unless asked. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import { check, property } from "fast-check";
import { defaultDialect, dialectOf, switchRequirement, type Dialect } from "../../catalogue/dialects.ts";
import { readings, switches } from "../../catalogue/readings.ts";
import type { Principal } from "../../contract/types.ts";
import { twists } from "../../generators/access/hostile.ts";
import { printUsersCsv, usersOf } from "../../generators/print.ts";
import { accessWorld, randomAccessWorld, type AccessWorld } from "../../generators/section-access.ts";
import { smallerWorlds } from "../../generators/smaller-worlds.ts";
import { reduce } from "../../reference/section-access/spec.ts";
import { reload } from "../../reload/index.ts";

const dialect = dialectOf(defaultDialect);
const worlds = Array.from({ length: 400 }, (_, index) => randomAccessWorld(7, index));

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

function reloaded({ script, files }: AccessWorld): unknown {
  return reload(script, { files: (path) => files[path] });
}

describe("worlds", () => {
  test("are the same for the same seed and index, whatever else was made", () => {
    assert.deepEqual(randomAccessWorld(7, 41).loaded, worlds[41]?.loaded);
    assert.notDeepEqual(randomAccessWorld(8, 41).loaded, worlds[41]?.loaded);
    assert.notDeepEqual(randomAccessWorld(7, 42).loaded, worlds[41]?.loaded);
  });

  test("stay what they were: campaigns are addressed by version, seed and index", () => {
    const hostile = Array.from({ length: 200 }, (_, index) => randomAccessWorld(7, index, { mode: "hostile" }));
    const hashes = [worlds.slice(0, 200), hostile].map((sample) => {
      const shown = sample.map(({ loaded, principals, script, files }) => ({ loaded, principals, script, files }));
      return createHash("sha256").update(JSON.stringify(shown)).digest("hex").slice(0, 16);
    });
    // A change here needs a new campaign version in suites/campaigns.ts.
    assert.deepEqual(hashes, ["6206150221760876", "bedee55ea2e2ac61"]);
  });

  test("reload from their script and files to exactly the tables they hold, inline, resident and from files", () => {
    for (const world of worlds) assert.deepEqual(reloaded(world), world.loaded);
    for (const kind of ["inline", "resident", "file"] as const) {
      const made = worlds.filter(({ loads }) => loads.access === kind || loads.app === kind);
      assert.ok(made.length > 50, kind);
    }
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

/** Readings that other products, releases and texts of the help have, and which every world of section access shows. */
const settled: ReadonlySet<keyof Dialect> = new Set([
  "rowMatch", // SA-ROW-01: a star in the other column is read by AND in each example
  "adminReduced", // SA-ACC-03: resolved by the current help
  "adminNoMatch", // SA-STR-04: a row of the decision table
  "adminLevel", // SA-STR-05: QlikView Server
  "strict", // SA-STR-06: QlikView
  "userEmail", // SA-SYS-03: by release
  "serial", // SA-SYS-05: by product
  "groupColumn", // QlikView
  "groupSource", // IM-047: a setting of the site
  "identityColumns", // SA-SYS-01: by release
  "starSource", // SA-WLD-07: security tables load from any source (SA-SCR-03)
]);

function answers(read: Dialect): string[] {
  return worlds.slice(0, 100).flatMap(({ loaded, principals }) =>
    principals.map((who) => {
      const answer = reduce(loaded, who, read);
      return answer.access === "denied" ? "denied" : JSON.stringify([answer.omitted, answer.tables]);
    }),
  );
}

describe("what is disputed", () => {
  const documented = answers(dialect).join("\n");
  const about = switches.filter((name) => switchRequirement[name].startsWith("SA-") || name === "groupSource");

  for (const name of about) {
    const others = readings[name].filter((reading) => reading !== dialect[name]);
    const changed = (): readonly unknown[] =>
      others.filter((reading) => answers({ ...dialect, [name]: reading }).join("\n") !== documented);
    if (settled.has(name)) test(`${name} is told apart`, () => assert.ok(changed().length > 0));
    else test(`${name} changes no answer of a valid world`, () => assert.deepEqual(changed(), []));
  }

  test("is cited by no answer of valid worlds", () => {
    const cited = new Set<string>(
      worlds.flatMap(({ loaded, principals }) =>
        principals.flatMap((who) => reduce(loaded, who, dialect).because.map(({ requirement }) => requirement)),
      ),
    );
    const open = ["SA-STR-03", "SA-STR-08", "SA-STR-10", "SA-ACC-02", "SA-ACC-05", "SA-ROW-01", "SA-ROW-03"];
    for (const id of [...open, "SA-RED-10", "SA-WLD-05", "SA-OMT-09", "SA-OMT-10"]) assert.ok(!cited.has(id), id);
    for (const id of ["SA-PRP-06", "SA-PRP-07", "SA-OMT-05", "SA-RED-08", "SA-SCR-04"]) assert.ok(cited.has(id), id);
  });
});

function contentOf({ loaded, principals }: AccessWorld): string {
  return JSON.stringify([loaded, principals]);
}

describe("hostile worlds", () => {
  const hostile = Array.from({ length: 1200 }, (_, index) => randomAccessWorld(5, index, { mode: "hostile" }));

  test("reload to exactly the tables they hold", () => {
    for (const world of hostile.slice(0, 400)) assert.deepEqual(reloaded(world), world.loaded);
  });

  for (const { name, requirement, refused } of twists) {
    if (refused === true) {
      test(`${name}: every reading refuses it with an error`, () => {
        const circular = { name: "ConformanceError", code: "not-supported" };
        const made = Array.from({ length: 20 }, (_, index) => index).map((index) =>
          randomAccessWorld(5, index, { mode: "hostile", twists: [name], mostTwists: 1 }),
        );
        const asks = made.flatMap(({ loaded, principals }) => principals.map((who) => ({ loaded, who })));
        // Who is refused before the data are looked at stays refused.
        const open = asks.filter(({ loaded, who }) => {
          const whole = { ...loaded, app: loaded.app.filter((table) => !table.name.startsWith("Ring")) };
          return reduce(whole, who, dialect).access === "granted";
        });
        assert.ok(open.length > 20);
        for (const { loaded, who } of open) assert.throws(() => reduce(loaded, who, dialect), circular);
      });
      continue;
    }
    test(`${name}: is there, and answered (${requirement})`, () => {
      const twisted = hostile.filter((world) => world.twists.includes(name));
      assert.ok(twisted.length >= 40, `${twisted.length} worlds`);
      const plain = twisted.map((world) => randomAccessWorld(5, hostile.indexOf(world)));
      assert.ok(twisted.some((world, at) => plain[at] !== undefined && contentOf(world) !== contentOf(plain[at])));
      for (const { loaded, principals } of twisted) for (const who of principals) reduce(loaded, who, dialect);
    });
  }
});

describe("people", () => {
  const ann: Principal = { directory: "CORP", id: "ann", groups: ["Sales", 'Fin "A"'], attributes: {}, session: {} };
  const ben: Principal = { directory: "CORP", id: "ben", groups: [], attributes: {}, session: {} };

  test("print as CSV, a line a group, and one without any", () => {
    assert.equal(printUsersCsv([ann, ben]), 'user,group\nCORP\\ann,Sales\nCORP\\ann,"Fin ""A"""\nCORP\\ben,\n');
  });
  test("keep a blank at the end of an id in CSV", () => {
    assert.equal(printUsersCsv([{ ...ben, id: "ben " }]), 'user,group\n"CORP\\ben ",\n');
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
