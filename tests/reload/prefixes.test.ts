/** Prefixes that make another table of the loaded one, by the examples of their pages (LS-MOD-11). */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Value } from "../../contract/types.ts";
import { errorOf, rows, tables } from "./loaded.ts";

const europe =
  "LOAD * INLINE [\nNodeID, ParentID, NodeName\n1, 4, London\n2, 3, Munich\n3, 5, Germany\n4, 5, UK\n5, , Europe\n];";

test("HIERARCHY puts every level into a field of its own", () => {
  assert.deepEqual(
    tables(`T: Hierarchy (NodeID, ParentID, NodeName, ParentName, NodeName, PathName, '\\', Depth) ${europe}`)["T"],
    [
      ["NodeID", "ParentID", "NodeName", "NodeName1", "NodeName2", "NodeName3", "ParentName", "PathName", "Depth"],
      [1, 4, "London", "Europe", "UK", "London", "UK", "Europe\\UK\\London", 3],
      [2, 3, "Munich", "Europe", "Germany", "Munich", "Germany", "Europe\\Germany\\Munich", 3],
      [3, 5, "Germany", "Europe", "Germany", null, "Europe", "Europe\\Germany", 2],
      [4, 5, "UK", "Europe", "UK", null, "Europe", "Europe\\UK", 2],
      [5, "", "Europe", "Europe", null, null, null, "Europe", 1],
    ],
  );
});

test("HIERARCHYBELONGSTO pairs every node with its ancestors and itself", () => {
  assert.deepEqual(
    tables(`T: HierarchyBelongsTo (NodeID, ParentID, NodeName, AncestorID, AncestorName, DepthDiff) ${europe}`)["T"],
    [
      ["NodeID", "NodeName", "AncestorID", "AncestorName", "DepthDiff"],
      [1, "London", 1, "London", 0],
      [1, "London", 4, "UK", 1],
      [1, "London", 5, "Europe", 2],
      [2, "Munich", 2, "Munich", 0],
      [2, "Munich", 3, "Germany", 1],
      [2, "Munich", 5, "Europe", 2],
      [3, "Germany", 3, "Germany", 0],
      [3, "Germany", 5, "Europe", 1],
      [4, "UK", 4, "UK", 0],
      [4, "UK", 5, "Europe", 1],
      [5, "Europe", 5, "Europe", 0],
    ],
  );
});

/** Node and ancestor of each row. */
function belongs(data: string): readonly unknown[] {
  const script = `HierarchyBelongsTo (ID, UP, NAME, TREE, TREENAME) LOAD * INLINE [ID,UP,NAME\n${data}\n];`;
  return rows(script).map(([node, , ancestor]) => [node, ancestor]);
}

test("leaves circles out of hierarchies, and gives a node of two parents both paths", () => {
  assert.deepEqual(belongs("1,2,a\n2,1,b\n3,,c"), [[3, 3]]);
  assert.deepEqual(belongs("1,,a\n2,,b\n3,1,c\n3,2,c"), [
    [1, 1],
    [2, 2],
    [3, 3],
    [3, 1],
    [3, 3],
    [3, 2],
  ]);
  assert.deepEqual(belongs("1,,a\n2,1,b\n1,2,a"), [
    [1, 1],
    [2, 2],
    [2, 1],
  ]);
});

const orders = `EventLog:
LOAD * INLINE [
Time, Event
00:00, 0
01:18, 1
02:23, 2
04:15, 3
08:00, 4
11:43, 5
];
OrderLog:
LOAD * INLINE [
Start, End, Order
01:00, 03:35, A
02:30, 07:58, B
03:04, 10:27, C
07:23, 11:43, D
];`;

function texts(table: readonly (readonly Value[])[]): readonly string[] {
  return table.map((row) =>
    row.map((value) => (typeof value === "object" && value !== null ? value.t : String(value))).join(" "),
  );
}

test("INTERVALMATCH links values to the intervals they lie in, ends included", () => {
  const { OrderLog = [] } = tables(`${orders} INNER JOIN IntervalMatch (Time) LOAD Start, End RESIDENT OrderLog;`);
  assert.deepEqual(texts(OrderLog), [
    "Start End Order Time",
    "01:00 03:35 A 01:18",
    "01:00 03:35 A 02:23",
    "02:30 07:58 B 04:15",
    "03:04 10:27 C 04:15",
    "03:04 10:27 C 08:00",
    "07:23 11:43 D 08:00",
    "07:23 11:43 D 11:43",
  ]);
});

test("INTERVALMATCH with keys links only what has the same keys", () => {
  const lines = `Log: LOAD * INLINE [\nT,L\n1,P1\n1,P2\n5,P1\n];
Spans: LOAD * INLINE [\nFROM_T,TO_T,L\n1,2,P1\n0,9,P2\nx,9,P1\n];`;
  const { M = [] } = tables(`${lines} M: IntervalMatch (T, L) LOAD FROM_T, TO_T, L RESIDENT Spans;`);
  assert.deepEqual(texts(M), ["T FROM_T TO_T L", "1 1 2 P1", "1 0 9 P2"]);
});

test("CROSSTABLE makes a record of every column, its heading a text", () => {
  const sales = "LOAD * INLINE [\nRegion,Team,2025,2026\nNORTH,A,1,2\nSOUTH,B,3,4\n];";
  assert.deepEqual(tables(`T: CrossTable (Year, Sales, 2) ${sales}`)["T"], [
    ["Region", "Team", "Year", "Sales"],
    ["NORTH", "A", "2025", 1],
    ["NORTH", "A", "2026", 2],
    ["SOUTH", "B", "2025", 3],
    ["SOUTH", "B", "2026", 4],
  ]);
  assert.deepEqual(rows("CrossTable (Month, Sales) LOAD * INLINE [\nRegion,Jan\nNORTH,1\n];"), [["NORTH", "Jan", 1]]);
});

test("GENERIC makes a table of every attribute", () => {
  const shown = tables(
    "T: Generic LOAD * INLINE [\nItem,Attr,Val\nball,colour,red\nball,weight,10\nbox,colour,black\n];",
  );
  assert.deepEqual(shown, {
    "T.colour": [
      ["Item", "colour"],
      ["ball", "red"],
      ["box", "black"],
    ],
    "T.weight": [
      ["Item", "weight"],
      ["ball", 10],
    ],
  });
});

test("FIRST reads so many records", () => {
  assert.deepEqual(rows("First 2 LOAD * INLINE [A\n1\n2\n3\n];"), [[1], [2]]);
  assert.deepEqual(rows("First (1) LOAD A WHERE A > 1; LOAD * INLINE [A\n1\n2\n];"), []);
});

test("ADD and BUFFER load as usual, REPLACE drops what was there, ONLY is for partial reloads", () => {
  const one = "T: LOAD * INLINE [A\n1\n];";
  assert.deepEqual(rows(`${one} Add LOAD * INLINE [A\n2\n];`), [[1], [2]]);
  assert.deepEqual(rows(`${one} Buffer (stale after 7 days) LOAD * INLINE [A\n2\n];`), [[1], [2]]);
  assert.deepEqual(tables(`${one} Replace LOAD * INLINE [A\n2\n];`), { T: [["A"], [2]] });
  assert.deepEqual(rows(`${one} Replace LOAD RowNo() AS A AUTOGENERATE 1;`), [[1]]);
  assert.deepEqual(tables(`${one} T: Replace LOAD * INLINE [B\n2\n];`), { T: [["B"], [2]] });
  assert.deepEqual(rows(`${one} Replace only LOAD * INLINE [A\n2\n]; Add only LOAD A; LOAD * INLINE [A\n3\n];`), [[1]]);
});

test("says where a transformation has not the fields it needs", () => {
  for (const [script, column] of [
    ["HierarchyBelongsTo (ID, UP, NAME, T, TN) LOAD * INLINE [ID\n1\n];", 1],
    ["IntervalMatch (X) LOAD * INLINE [A\n1\n];", 1],
    ["CrossTable (A, B, 1) LOAD * INLINE [X\n1\n];", 1],
    ["Generic LOAD * INLINE [A,B\n1,2\n];", 1],
    ["First 'x' LOAD * INLINE [A\n1\n];", 1],
  ] as const) {
    const { code, details } = errorOf(script);
    assert.deepEqual([code, details.line, details.column], ["script-run", 1, column], script);
    assert.ok((details.remedy ?? "") !== "");
  }
});

test("refuses hierarchies that are too deep or make too many rows", () => {
  const chain = "LOAD RecNo() AS ID, RecNo() - 1 AS UP, 'n' AS NAME AUTOGENERATE 600;";
  assert.match(errorOf(`Hierarchy (ID, UP, NAME) ${chain}`).message, /500 levels/);
  const layers =
    "LOAD 10 * Ceil(RecNo() / 100) + Mod(RecNo(), 10) AS ID, 10 * (Ceil(RecNo() / 100) - 1) + Mod(Div(RecNo(), 10), 10) AS UP, 'n' AS NAME AUTOGENERATE 800;";
  assert.match(errorOf(`HierarchyBelongsTo (ID, UP, NAME, T, TN) ${layers}`).message, /2000000 rows/);
});
