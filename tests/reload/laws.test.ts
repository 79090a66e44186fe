/** Laws of loading that hold for any table: both implementations start from what is loaded, so no comparison of theirs would see a fault here. */
import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import type { Value } from "../../contract/types.ts";
import { rows, tables } from "./loaded.ts";

type Rows = readonly (readonly Value[])[];

const region = fc.constantFrom("NORTH", "SOUTH", "EAST", "W*ST", "");
const quantity = fc.integer({ min: -3, max: 3 });
const table = fc.array(fc.tuple(region, quantity), { maxLength: 8 });
const settings = { seed: 20260106, numRuns: 200 } as const;

function inline(names: string, data: Rows): string {
  return `LOAD * INLINE [${names}\n${data.map((row) => row.map(String).join(",")).join("\n")}\n]`;
}

/** Rows in an order of their own, to be compared as bags. */
function bag(data: Rows): readonly string[] {
  return data.map((row) => JSON.stringify(row)).toSorted();
}

test("inline data load as they were written", () => {
  fc.assert(
    fc.property(table, (data) => assert.deepEqual(rows(`${inline("REGION,QTY", data)};`), data)),
    settings,
  );
});

const anyText = fc
  .string({ maxLength: 6 })
  .map((text) => text.replaceAll("\r", "").replaceAll("\0", "").trim())
  .filter((text) => !/^[+-]?\d+(\.\d+)?$/.test(text));

test("quoted texts of a file load as they were written, whatever is in them", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyText, anyText), { maxLength: 5 }), (data) => {
      const lines = data.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(";"));
      const file = ["A;B", ...lines].join("\r\n");
      assert.deepEqual(rows("LOAD * FROM [a.csv] (txt, msq, delimiter is ';');", { "a.csv": file }), data);
    }),
    settings,
  );
});

test("a resident copy and a preceding load change nothing", () => {
  fc.assert(
    fc.property(table, (data) => {
      const copied = `A: LOAD *; ${inline("REGION,QTY", data)}; B: NOCONCATENATE LOAD * RESIDENT A; DROP TABLE A;`;
      assert.deepEqual(rows(copied), data);
    }),
    settings,
  );
});

test("a condition and its opposite share the rows out", () => {
  fc.assert(
    fc.property(table, (data) => {
      const load = (condition: string) => rows(`${inline("REGION,QTY", data)} WHERE ${condition};`);
      const condition = "QTY > 0 or REGION like '*O*'";
      assert.deepEqual(
        load(condition),
        data.filter(([name, count]) => count > 0 || name.includes("O")),
      );
      assert.deepEqual(bag([...load(condition), ...load(`not (${condition})`)]), bag(data));
    }),
    settings,
  );
});

test("DISTINCT keeps one of each row, in the order they came", () => {
  fc.assert(
    fc.property(table, (data) => {
      const seen = new Set<string>();
      const firsts = data.filter((row) => seen.size < seen.add(JSON.stringify(row)).size);
      assert.deepEqual(rows(`${inline("REGION,QTY", data).replace("LOAD", "LOAD DISTINCT")};`), firsts);
    }),
    settings,
  );
});

test("tables with the same fields are one, with different ones the union", () => {
  fc.assert(
    fc.property(table, table, (first, second) => {
      const both = `${inline("REGION,QTY", first)}; ${inline("REGION,QTY", second)};`;
      assert.deepEqual(rows(both), [...first, ...second]);
      const forced = `${inline("REGION,QTY", first)}; CONCATENATE ${inline("REGION,PRICE", second)};`;
      const filled = [...first.map((row) => [...row, null]), ...second.map(([name, price]) => [name, null, price])];
      assert.deepEqual(rows(forced), filled);
    }),
    settings,
  );
});

/** The definition of a join, row by row. */
function joined(left: Rows, right: Rows, side: string): Rows {
  const pairs = left.flatMap((a) =>
    right.filter((b) => a[0] === b[0]).map((b) => [a[0] ?? null, a[1] ?? null, b[1] ?? null]),
  );
  const alone = left.filter((a) => right.every((b) => a[0] !== b[0])).map((a) => [...a, null]);
  const others = right.filter((b) => left.every((a) => a[0] !== b[0])).map((b) => [b[0] ?? null, null, b[1] ?? null]);
  const withLeft = side === "LEFT" || side === "OUTER" ? alone : [];
  return [...pairs, ...withLeft, ...(side === "RIGHT" || side === "OUTER" ? others : [])];
}

for (const side of ["INNER", "LEFT", "RIGHT", "OUTER"]) {
  test(`LS-MOD-03 ${side} JOIN gives the rows of its definition`, () => {
    fc.assert(
      fc.property(table, table, (left, right) => {
        const script = `A: ${inline("REGION,QTY", left)}; ${side} JOIN (A) ${inline("REGION,PRICE", right)};`;
        assert.deepEqual(bag(rows(script)), bag(joined(left, right, side)));
      }),
      settings,
    );
  });
}

function meets(row: readonly Value[], others: Rows): boolean {
  return others.some((other) => other[0] === row[0]);
}

test("LS-MOD-03 KEEP keeps of each table the rows that an inner join would use", () => {
  fc.assert(
    fc.property(table, table, (left, right) => {
      const script = `A: ${inline("REGION,QTY", left)}; B: INNER KEEP (A) ${inline("REGION,PRICE", right)};`;
      const kept = tables(script);
      assert.deepEqual(kept["A"], [["REGION", "QTY"], ...left.filter((row) => meets(row, right))]);
      assert.deepEqual(kept["B"], [["REGION", "PRICE"], ...right.filter((row) => meets(row, left))]);
    }),
    settings,
  );
});

test("LS-MOD-06 dropping what was added leaves what was there", () => {
  fc.assert(
    fc.property(table, table, (first, second) => {
      const script = `A: ${inline("REGION,QTY", first)}; B: ${inline("REGION,PRICE", second)}; DROP TABLE B;`;
      assert.deepEqual(rows(script), first);
      assert.deepEqual(rows(`A: LOAD *, QTY * 2 AS D; ${inline("REGION,QTY", first)}; DROP FIELD D;`), first);
    }),
    settings,
  );
});

test("LS-LEX-08 a script with variables loads what it loads with their values written out", () => {
  fc.assert(
    fc.property(table, quantity, (data, limit) => {
      const plain = `${inline("REGION,QTY", data)} WHERE QTY > ${limit} and REGION <> 'EAST';`;
      const varied = plain.replace(`${limit} and`, "$(vLimit) $(vAnd)").replace("EAST", "$(vEast)");
      assert.deepEqual(rows(`LET vLimit = ${limit}; SET vAnd = and; SET vEast = 'EAST'; ${varied}`), rows(plain));
    }),
    settings,
  );
});
