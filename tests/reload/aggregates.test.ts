/** Aggregating loads, by the examples of the aggregation pages. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Value } from "../../contract/types.ts";
import { errorOf, rows } from "./loaded.ts";

const orders = `Temp: LOAD * INLINE [
Customer|Product|OrderNumber|UnitSales|CustomerID
Astrida|AA|1|10|1
Astrida|AA|7|18|1
Astrida|BB|4|9|1
Astrida|CC|6|2|1
Betacab|AA|5|4|2
Betacab|BB|2|5|2
Betacab|DD|12|25|2
Canutility|AA|3|8|3
Canutility|CC|13|19|3
Divadip|AA|9|16|4
Divadip|AA|10|16|4
Divadip|DD|11|10|4
] (delimiter is '|');`;

const teams = `Temp: LOAD * INLINE [
Customer|Team|Date|Amount
East|Gamma|01/05/2013|20000
East|Gamma|02/05/2013|20000
West|Zeta|01/06/2013|19000
East|Alpha|01/07/2013|25000
East|Delta|01/08/2013|14000
West|Epsilon|01/09/2013|17000
West|Eta|01/10/2013|14000
East|Beta|01/11/2013|20000
West|Theta|01/12/2013|23000
] (delimiter is '|');`;

/** One aggregation for each customer or sales group, in the order they come. */
function grouped(expression: string, data = orders): readonly Value[] {
  const script = `${data} NOCONCATENATE T: LOAD Customer, ${expression} AS X RESIDENT Temp GROUP BY Customer; DROP TABLE Temp;`;
  return rows(script).map(([, value = null]) => value);
}

test("aggregates the records of each group", () => {
  assert.deepEqual(grouped("Sum(UnitSales)"), [39, 34, 27, 42]);
  assert.deepEqual(grouped("Count(Product)"), [4, 3, 2, 3]);
  assert.deepEqual(grouped("Count(DISTINCT Product)"), [3, 3, 2, 2]);
  assert.deepEqual(grouped("Sum(DISTINCT UnitSales)"), [39, 34, 27, 26]);
  assert.deepEqual(grouped("Max(UnitSales)"), [18, 25, 19, 16]);
  assert.deepEqual(grouped("Max(UnitSales, 2)"), [10, 5, 8, 10]);
  assert.deepEqual(grouped("Min(UnitSales, 2)"), [9, 5, 19, 16]);
  assert.deepEqual(grouped("Avg(OrderNumber)"), [4.5, 19 / 3, 8, 10]);
  assert.deepEqual(grouped("Only(CustomerID)"), [1, 2, 3, 4]);
  assert.deepEqual(grouped("Only(Product)"), [null, null, null, null]);
  assert.deepEqual(grouped("Mode(Product)"), ["AA", null, null, "AA"]);
  assert.deepEqual(grouped("Median(UnitSales)"), [9.5, 5, 13.5, 16]);
  assert.deepEqual(grouped("Stdev(CustomerID)"), [0, 0, 0, 0]);
  assert.deepEqual(grouped("TextCount(Product) & '-' & NumericCount(UnitSales)"), ["4-4", "3-3", "2-2", "3-3"]);
});

test("FirstSortedValue gives the value with the lowest weight, and nothing where several have it", () => {
  assert.deepEqual(grouped("FirstSortedValue(Product, UnitSales)"), ["CC", "AA", "AA", "DD"]);
  assert.deepEqual(grouped("FirstSortedValue(Product, -UnitSales)"), ["AA", "DD", "CC", null]);
  assert.deepEqual(grouped("FirstSortedValue(distinct Product, -UnitSales)"), ["AA", "DD", "CC", "AA"]);
});

test("string aggregations put texts in order", () => {
  assert.deepEqual(grouped("Concat(Team)", teams), ["AlphaBetaDeltaGammaGamma", "EpsilonEtaThetaZeta"]);
  assert.deepEqual(grouped("Concat(distinct Team, '-')", teams), ["Alpha-Beta-Delta-Gamma", "Epsilon-Eta-Theta-Zeta"]);
  assert.deepEqual(grouped("Concat(distinct Team, '-', Amount)", teams), [
    "Delta-Beta-Gamma-Alpha",
    "Eta-Epsilon-Zeta-Theta",
  ]);
  assert.deepEqual(grouped("FirstValue(Team)", teams), ["Gamma", "Zeta"]);
  assert.deepEqual(grouped("LastValue(Team)", teams), ["Beta", "Theta"]);
  assert.deepEqual(grouped("MinString(Team)", teams), ["Alpha", "Epsilon"]);
  assert.deepEqual(grouped("MaxString(Team)", teams), ["Gamma", "Zeta"]);
});

test("counts NULL apart from empty texts", () => {
  const data = "SET NullInterpret=NULL; Temp: LOAD * INLINE [Customer,N\nAnn,1\nAnn,\nBen,NULL\nBen,7\nBen,7\n];";
  assert.deepEqual(grouped("NullCount(N)", data), [0, 1]);
  assert.deepEqual(grouped("MissingCount(N)", data), [1, 1]);
  assert.deepEqual(grouped("NumericCount(distinct N)", data), [1, 1]);
  assert.deepEqual(grouped("Count(N)", data), [2, 2]);
});

/** The highest sale and the number of products of the records a condition lets through. */
function total(where: string): readonly (readonly Value[])[] {
  const load = `LOAD Max(UnitSales) AS M, Count(Product) AS C RESIDENT Temp ${where}`;
  return rows(`${orders} T: ${load}; DROP TABLE Temp;`);
}

test("aggregates all records to one row without GROUP BY, also when there are none", () => {
  assert.deepEqual(total(""), [[25, 12]]);
  assert.deepEqual(total("WHERE UnitSales > 100"), [[null, 0]]);
});

test("groups by several fields, after WHERE and before the LOAD above", () => {
  const script = `${orders}
T: LOAD *, Total / 2 AS Half WHERE Total > 10;
LOAD Customer, Product, Sum(UnitSales) AS Total RESIDENT Temp WHERE UnitSales > 4 GROUP BY Customer, Product;
DROP TABLE Temp;`;
  assert.deepEqual(rows(script), [
    ["Astrida", "AA", 28, 14],
    ["Betacab", "DD", 25, 12.5],
    ["Canutility", "CC", 19, 9.5],
    ["Divadip", "AA", 32, 16],
  ]);
});

test("refuses fields and aggregations that have no group", () => {
  for (const [load, place] of [
    ["LOAD Customer, Product, Sum(UnitSales) AS S RESIDENT Temp GROUP BY Customer;", 16],
    ["LOAD Customer, Sum(UnitSales) AS S RESIDENT Temp WHERE Sum(UnitSales) > 3 GROUP BY Customer;", 56],
    ["LOAD *, Sum(UnitSales) AS S RESIDENT Temp GROUP BY Customer;", 6],
    ["LOAD Sum(UnitSales) AS S RESIDENT Temp GROUP BY Client;", 1],
    ["LOAD SubField(Customer, 'a') AS P, Sum(UnitSales) AS S RESIDENT Temp GROUP BY Customer;", 6],
  ] as const) {
    const { code, details } = errorOf(`${orders}\n${load}`);
    assert.deepEqual([code, details.line, details.column], ["script-run", 16, place], load);
    assert.ok((details.remedy ?? "") !== "");
  }
});

test("groups by an expression, which then has one value in a group", () => {
  const script = `Temp: LOAD * INLINE [\nDay, Amount\n11, 1\n12, 2\n23, 4\n];
T: LOAD Floor(Day / 10) AS Decade, Sum(Amount) AS S RESIDENT Temp GROUP BY Floor(Day / 10); DROP TABLE Temp;`;
  assert.deepEqual(rows(script), [
    [1, 3],
    [2, 4],
  ]);
  const loose = errorOf(script.replace("LOAD Floor(Day / 10) AS", "LOAD Day AS"));
  assert.match(loose.message, /"Day" has many values in a group/);
});
