/** Files that are no text tables, several files, and files the script tells of (LS-TXT-01, LS-TXT-03). */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Value } from "../../contract/types.ts";
import { filesFrom } from "../../reload/files.ts";
import { reload } from "../../reload/index.ts";
import { errorOf, rows } from "./loaded.ts";

const files = filesFrom(
  new Map([
    ["lib://Data/north.csv", "REGION,QTY\nNORTH,1\n"],
    ["lib://Data/south.csv", "REGION,QTY\nSOUTH,2\n"],
    ["lib://Data/staff.csv", "NAME\nann\n"],
  ]),
);

function load(script: string): readonly (readonly [string, readonly (readonly Value[])[]])[] {
  return reload(script, { files }).app.map(({ name, rows: table }) => [name, table]);
}

test("reads the CSV that stands in for a QVD or a sheet, its own one first", () => {
  const table = 'A,B\n1,"x,y"\n';
  assert.deepEqual(rows("LOAD * FROM [lib://D/s.qvd] (qvd);", { "lib://D/s.qvd.csv": table }), [[1, "x,y"]]);
  assert.deepEqual(rows("LOAD * FROM [lib://D/s.qvd] (qvd);", { "lib://D/s.csv": table }), [[1, "x,y"]]);
  const sheet = "LOAD * FROM [lib://D/s.xlsx] (ooxml, embedded labels, table is Rights);";
  assert.deepEqual(rows(sheet, { "lib://D/s.xlsx.csv": "A\n2\n", "lib://D/s.xlsx.Rights.csv": table }), [[1, "x,y"]]);
  assert.deepEqual(rows(sheet, { "lib://D/s.xlsx.csv": "A\n2\n" }), [[2]]);
});

test("gives columns of a sheet without labels their letters", () => {
  const script = "LOAD A, C FROM [s.xls] (biff, no labels, header is 1 lines);";
  assert.deepEqual(rows(script, { "s.xls.csv": "title\n1,2,3\n" }), [[1, 3]]);
});

test("says which CSV to hand in for a file that is none", () => {
  for (const [script, standIn] of [
    ["LOAD * FROM [lib://D/s.qvd] (qvd);", "lib://D/s.qvd.csv"],
    ["LOAD * FROM [lib://D/s.xlsx] (ooxml, table is Rights);", "lib://D/s.xlsx.csv"],
  ] as const) {
    const { code, details } = errorOf(script);
    assert.deepEqual([code, details.line, details.column], ["script-run", 1, 8]);
    assert.match(details.remedy ?? "", new RegExp(standIn.replaceAll(".", "[.]")));
  }
});

test("reads every file that fits a path, and every file of a list, one after the other", () => {
  assert.deepEqual(load("Sales: LOAD * FROM [lib://Data/*th.csv];"), [
    [
      "Sales",
      [
        ["NORTH", 1],
        ["SOUTH", 2],
      ],
    ],
  ]);
  assert.deepEqual(
    load("T: LOAD *, FileBaseName() AS F; LOAD REGION FROM [lib://Data/south.csv], [lib://Data/north.csv] (txt);"),
    [
      [
        "T",
        [
          ["SOUTH", "south"],
          ["NORTH", "north"],
        ],
      ],
    ],
  );
});

test("refuses a path no file fits, and one mapping table of several files", () => {
  for (const script of ["LOAD * FROM [lib://Data/*.qvd] (qvd);", "M: MAPPING LOAD * FROM [lib://Data/*th.csv];"]) {
    assert.throws(() => reload(script, { files }), /no file fits|several files/);
  }
});

test("tells the parts of the path it reads, and the size of files", () => {
  const script = `LOAD FileName() AS N, FileExtension() AS E, FileDir() AS D, FilePath() AS P, FileSize() AS S,
FileSize('lib://Data/staff.csv') AS O, FileSize('lib://Data/none.csv') AS X, Text(FileTime()) AS T FROM [lib://Data/north.csv];`;
  assert.deepEqual(load(script), [
    ["north", [["north.csv", "csv", "lib://Data", "lib://Data/north.csv", 19, 9, null, "2026-01-01 00:00:00"]]],
  ]);
});

test("LS-TXT-01 splits at blanks, tabs and backslashes, and numbers columns without labels", () => {
  assert.deepEqual(rows("LOAD * FROM [a.txt] (txt, delimiter is spaces);", { "a.txt": " A   B\n 1 \t 2 \n" }), [
    [1, 2],
  ]);
  assert.deepEqual(rows("LOAD * FROM [a.txt] (delimiter is '\\\\');", { "a.txt": "A\\B\n1\\2" }), [[1, 2]]);
  assert.deepEqual(rows("LOAD @2, @1 AS N FROM [a.txt] (txt, no labels);", { "a.txt": "ann,1\nben,2" }), [
    [1, "ann"],
    [2, "ben"],
  ]);
});

test("tells of QVD files by what stands in for them", () => {
  const script = `LET n = QvdNoOfRecords('lib://Data/north.qvd'); LET f = QvdFieldName('lib://Data/north.qvd', 2); LET c = QvdNoOfFields('lib://Data/north.qvd');
LET none = QvdNoOfRecords('lib://Data/none.qvd'); T: LOAD n AS N, f AS F, c AS C, IsNull(none) AS X AUTOGENERATE 1;`;
  assert.deepEqual(load(script), [["T", [[1, "QTY", 2, -1]]]]);
});
