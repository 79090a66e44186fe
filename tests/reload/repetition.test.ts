/** Records read again, split, looked up and numbered (LS-LOAD-03, LS-LOAD-05). */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Value } from "../../contract/types.ts";
import { produce } from "../../reload/produce.ts";
import type { Stage } from "../../reload/produce.ts";
import { errorOf, rows, tables } from "./loaded.ts";

test("WHILE reads a record again as long as it is true, IterNo counting", () => {
  const script = `LOAD IterNo() AS Day, Date(StartDate + IterNo() - 1) AS Date WHILE StartDate + IterNo() - 1 <= EndDate;
LOAD * INLINE [\nStartDate, EndDate\n2014-01-22, 2014-01-24\n2014-01-25, 2014-01-24\n];`;
  assert.deepEqual(rows(script), [
    [1, { n: 41_661, t: "2014-01-22" }],
    [2, { n: 41_662, t: "2014-01-23" }],
    [3, { n: 41_663, t: "2014-01-24" }],
  ]);
});

test("SubField without a number makes a record of every part, and of every combination of parts", () => {
  const script = `LOAD DISTINCT Instrument, SubField(Player, ',') AS Player, SubField(Project, ',') AS Project;
LOAD * INLINE [\nInstrument|Player|Project\nGuitar|Neil,Mike|Music,Video\nGuitar|Neil|Music,OST\nSynth|Jo|Music\n] (delimiter is '|');`;
  assert.deepEqual(rows(script), [
    ["Guitar", "Neil", "Music"],
    ["Guitar", "Neil", "Video"],
    ["Guitar", "Mike", "Music"],
    ["Guitar", "Mike", "Video"],
    ["Guitar", "Neil", "OST"],
    ["Synth", "Jo", "Music"],
  ]);
});

test("numbers the rows of parts, keeps records without text, and splits parts again", () => {
  assert.deepEqual(
    rows("LOAD RecNo() AS R, RowNo() AS N, Upper(SubField(A, ';')) AS P INLINE [A,B\na;b,1\n,2\nc,3\n];"),
    [
      [1, 1, "A"],
      [1, 2, "B"],
      [2, 3, null],
      [3, 4, "C"],
    ],
  );
  assert.deepEqual(rows("LOAD SubField(SubField(A, ';'), ':') AS P INLINE [A\na:b;c\n];"), [["a"], ["b"], ["c"]]);
});

test("refuses a loop that does not end, and a split where no record is made", () => {
  assert.match(errorOf("LOAD DISTINCT 1 AS A AUTOGENERATE 1 WHILE 1;").message, /2000000 rows/);
  const { code, details } = errorOf("LOAD A INLINE [A\na;b\n] WHERE SubField(A, ';') = 'a';");
  assert.deepEqual([code, details.line, details.column], ["script-run", 3, 9]);
});

/** Runs one LOAD over a record, with room for 100 rows. Gives how many it made. */
function rowsWithin(stage: Partial<Stage>): number {
  const table: Value[][] = [];
  const made: Stage = {
    evaluators: [() => 1],
    where: undefined,
    while: undefined,
    explosions: [],
    groupBy: undefined,
    distinct: true,
    store: (value) => value,
    rowsBefore: 0,
    output: { fields: ["A"], rows: table, watchers: [], asksPrevious: false },
    rows: table,
    most: 100,
    overflow: () => assert.fail("too many"),
    ...stage,
  };
  produce(made, [["NORTH"]]);
  return table.length;
}

test("counts every row against the limit, duplicates and those of groups too", () => {
  const parts = Array.from({ length: 10 }, () => "x");
  assert.equal(rowsWithin({ explosions: [() => parts, () => parts] }), 1);
  assert.throws(() => rowsWithin({ explosions: [() => parts, () => parts, () => parts] }), /too many/);
  assert.equal(rowsWithin({ while: (row) => Number(row.iterNo <= 100), distinct: false }), 100);
  assert.throws(() => rowsWithin({ while: (row) => Number(row.iterNo <= 101) }), /too many/);
  assert.throws(() => rowsWithin({ while: () => 1, groupBy: [] }), /too many/);
});

test("Lookup finds the first row that has a value", () => {
  const script = `ProductList: LOAD * INLINE [\nProductID|Product|Category\n1|AA|1\n2|BB|1\n3|CC|2\n3|CD|9\n] (delimiter is '|');
OrderData: LOAD *, Lookup('Category', 'ProductID', ProductID, 'ProductList') AS CategoryID INLINE [\nInvoiceID|ProductID\n1|2\n2|3\n3|7\n] (delimiter is '|');
DROP TABLE ProductList;`;
  assert.deepEqual(rows(script), [
    [1, 2, 1],
    [2, 3, 2],
    [3, 7, null],
  ]);
});

test("AutoNumber counts keys by their first appearance, each counter on its own", () => {
  const regions = "[\nRegion,Year\nNorth,2014\nNorth,2014\nSouth,2014\nNorth,2013\n]";
  const load = `LOAD *, AutoNumber(Region & Year) AS K, AutoNumber(Region, 'r') AS R, AutoNumberHash128(Region, Year) AS H INLINE ${regions};`;
  assert.deepEqual(
    rows(load).map((row) => row.slice(2)),
    [
      [1, 1, 1],
      [1, 1, 1],
      [2, 2, 2],
      [3, 1, 3],
    ],
  );
  const later = tables(`${load} B: LOAD AutoNumber('South2014') AS K2 AUTOGENERATE 1;`);
  assert.deepEqual(later["B"], [["K2"], [2]]);
});

test("table functions tell of the tables loaded before", () => {
  const before = "A: LOAD * INLINE [X,Y\n1,b\n2,a\n2,c\n]; B: LOAD * INLINE [Z\n9\n];";
  const script = `${before} LET n = NoOfTables(); LET t = TableName(0); LET f = FieldName(2, 'A'); DROP TABLE B;
T: LOAD n AS N, t AS T, f AS F, NoOfRows('A') AS R, NoOfFields('A') AS C, TableNumber('A') AS NO, FieldNumber('Y', 'A') AS FN,
FieldValueCount('X') AS VC, FieldValue('X', 2) AS V, FieldIndex('Y', 'c') AS I, NoOfRows('Sales') AS NONE AUTOGENERATE 1; DROP TABLE A;`;
  assert.deepEqual(rows(script), [[2, "A", "Y", 3, 2, 0, 2, 2, 2, 3, null]]);
});

test("reads the values of a field one by one", () => {
  const script =
    "A: LOAD * INLINE [X\nb\na\nb\n]; V: LOAD FieldValue('X', RecNo()) AS V AUTOGENERATE FieldValueCount('X'); DROP TABLE A;";
  assert.deepEqual(rows(script), [["b"], ["a"]]);
});

test("MapSubString replaces parts from left to right", () => {
  const script = `map2: MAPPING LOAD * INLINE [\nAttCode, Attribute\nR, Red\nY, Yellow\nC, Cotton\nS, Small\n];
LOAD Model, MapSubString('map2', AttCode) AS Description INLINE [\nModel, AttCode\nTwixie, R C S\nParty, Y with hood\n];`;
  assert.deepEqual(rows(script), [
    ["Twixie", "Red Cotton Small"],
    ["Party", "Yellow with hood"],
  ]);
});

test("LS-LOAD-05 Exists sees the values of earlier rows and of other tables", () => {
  const script = `Employees: LOAD * INLINE [\nEmployee|ID\nBill|001\nJohn|002\nSteve|003\n] (delimiter is '|');
Citizens: LOAD * INLINE [\nName|Address\nBill|New York\nMary|London\nSteve|Chicago\nLucy|Paris\n] (delimiter is '|');
NonEmployee: LOAD Name AS Employee, Address RESIDENT Citizens WHERE NOT Exists(Employee, Name); DROP TABLES Employees, Citizens;`;
  assert.deepEqual(rows(script), [
    ["Mary", "London"],
    ["Lucy", "Paris"],
  ]);
});
