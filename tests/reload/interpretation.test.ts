/** LS-VAL-02: what untyped text is read as, by the formats a script sets. Serial numbers are days since 1899-12-30. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Value } from "../../contract/types.ts";
import { formatReader } from "../../reload/formats.ts";
import { rows, valueOf } from "./loaded.ts";

const months = "SET MonthNames='Jan;Feb;Mar;Apr;May;Jun;Jul;Aug;Sep;Oct;Nov;Dec';";

/** One cell of inline data, with these statements before it. */
function read(cell: string, settings = ""): Value {
  return rows(`${settings} LOAD * INLINE [A\n${cell}\n] (delimiter is '|');`)[0]?.[0] ?? null;
}

/** The number a cell is read as, its text kept; undefined where it stays text. */
function numberIn(cell: string, settings = ""): number | undefined {
  const value = read(cell, settings);
  if (typeof value === "number") return value;
  if (typeof value === "object" && value !== null) {
    assert.equal(value.t, cell);
    return value.n;
  }
  assert.equal(value, cell);
  return undefined;
}

function check(table: readonly (readonly [cell: string, number: number | undefined])[], settings = ""): void {
  assert.ok(table.length > 0);
  for (const [cell, number] of table) assert.equal(numberIn(cell, settings), number, `${settings} ${cell}`);
}

const noon = 0.5;

test("reads dates, timestamps and times written the international way, whatever the script sets", () => {
  for (const settings of ["", "SET DateFormat='D.M.YYYY'; SET DecimalSep=','; SET ThousandSep='.';"]) {
    check(
      [
        ["2024-01-01", 45_292],
        ["2000-01-01", 36_526],
        ["1899-12-31", 1],
        ["1899-12-29", -1],
        ["2024-02-29", 45_351],
        ["2023-02-29", undefined],
        ["2024-13-01", undefined],
        ["2024-1-1", undefined],
        ["2024-01-01 12:00", 45_292 + noon],
        ["2024-01-01 12:00:00", 45_292 + noon],
        ["2024-01-01 18:00:00.000", 45_292.75],
        ["2024-01-01 24:00:00", undefined],
        ["12:00", noon],
        ["06:00:00", 0.25],
        ["00:00:00", 0],
        ["12:60:00", undefined],
        ["2024-01-01 noon", undefined],
      ],
      settings,
    );
  }
});

test("reads a date by DateFormat, and only so", () => {
  check(
    [
      ["1.3.2024", 45_352],
      ["31.12.2024", 45_657],
      ["31.11.2024", undefined],
      ["1/3/2024", undefined],
    ],
    "SET DateFormat='D.M.YYYY';",
  );
  check([["03/01/2024", 45_352]], "SET DateFormat='MM/DD/YYYY';");
  check([["03/01/2024", 45_294]], "SET DateFormat='DD/MM/YYYY';");
  check([["03/01/2024", undefined]]);
});

test("reads months by the names the script sets, and not without", () => {
  check([["01-Mar-2024", 45_352]], `SET DateFormat='DD-MMM-YYYY'; ${months}`);
  check([["01-mar-2024", 45_352]], `SET DateFormat='DD-MMM-YYYY'; ${months}`);
  check([["01-Mai-2024", undefined]], `SET DateFormat='DD-MMM-YYYY'; ${months}`);
  check([["01-Mar-2024", undefined]], "SET DateFormat='DD-MMM-YYYY';");
});

test("reads timestamps and times by their formats, optional parts and halves of the day included", () => {
  check(
    [
      ["3/1/2024 12:00:00 PM", 45_352 + noon],
      ["3/1/2024 12:00:00 AM", 45_352],
      ["3/1/2024 6:00:00.000 pm", 45_352.75],
      ["3/1/2024 13:00:00 PM", undefined],
      ["3/1/2024", undefined],
    ],
    "SET TimestampFormat='M/D/YYYY h:mm:ss[.fff] TT';",
  );
  check([["6:00 PM", 0.75]], "SET TimeFormat='h:mm TT';");
});

test("tries the format of dates before those that are always read", () => {
  check([["2024-03-01", 45_294]], "SET DateFormat='YYYY-DD-MM';");
});

test("reads numbers with the separators the script sets", () => {
  const german = "SET DecimalSep=','; SET ThousandSep='.';";
  check(
    [
      ["1,5", 1.5],
      ["1.000", 1000],
      ["-1.000.000,25", -1_000_000.25],
      ["1.5", undefined],
      ["1.00", undefined],
      ["7", 7],
      ["007", 7],
      ["1E5", undefined],
    ],
    german,
  );
  check([["1 000", 1000]], "SET ThousandSep=' ';");
  check([
    ["1 000", undefined],
    ["1,5", undefined],
    ["1,000", undefined],
    ["1.5", 1.5],
  ]);
  assert.deepEqual(read("1,5", german), { n: 1.5, t: "1,5" });
});

function dayInto(table: string): string {
  return `${table}: LOAD * INLINE [${table}\n1.3.2024\n];`;
}

test("takes the formats in force at the load", () => {
  const script = `${dayInto("A")} SET DateFormat='D.M.YYYY'; ${dayInto("B")} SET DateFormat=; ${dayInto("C")} LEFT JOIN (A) LOAD * RESIDENT B; LEFT JOIN (A) LOAD * RESIDENT C; DROP TABLES B, C;`;
  assert.deepEqual(rows(script), [["1.3.2024", { n: 45_352, t: "1.3.2024" }, "1.3.2024"]]);
});

test("reads one digit where a set format has two, as documented examples do, if no digits stand beside it", () => {
  check([["5/2/1992", 33_639]], "SET DateFormat='DD/MM/YYYY';");
  check(
    [
      ["19920205", 19_920_205],
      ["1992025", 1_992_025],
      ["+19920205", 19_920_205],
      ["=19920205", 33_639],
      ["=1992025", undefined],
    ],
    "SET DateFormat='=YYYYMMDD';",
  );
});

test("reads years of two digits where their century is plain", () => {
  check(
    [
      ["97-08-06", 35_648],
      ["01-08-06", 37_109],
      ["45-08-06", undefined],
    ],
    "SET DateFormat='YY-MM-DD';",
  );
});

test("reads money by its format, with the separators of money", () => {
  const dollars = "SET MoneyFormat='$#,##0.00;-$#,##0.00'; SET MoneyThousandSep=','; SET MoneyDecimalSep='.';";
  check(
    [
      ["$1,000.50", 1000.5],
      ["-$3.00", -3],
      ["$x1", undefined],
      ["1,000.50", undefined],
    ],
    dollars,
  );
  check([["1.000,50 kr", 1000.5]], "SET MoneyFormat='#.##0,00 kr'; SET MoneyThousandSep='.'; SET MoneyDecimalSep=',';");
});

test("tries points and commas the other way round last, unless the script gives one of them another meaning", () => {
  const nordic = "SET DecimalSep='/'; SET ThousandSep=' ';";
  check(
    [
      ["1,000.5", 1000.5],
      ["1.000,5", 1000.5],
      ["1,5", 1.5],
      ["1 000/5", 1000.5],
    ],
    nordic,
  );
  check([["1.000,5", undefined]], "SET DecimalSep='.'; SET ThousandSep=',';");
});

test("makes equal days of one field one value, and counts with them", () => {
  const script = "SET DateFormat='D.M.YYYY'; LOAD DAY, DAY + 1 AS NEXT INLINE [DAY\n1.1.2024\n2024-01-01\n45292\n];";
  const day = { n: 45_292, t: "1.1.2024" };
  assert.deepEqual(rows(script), [
    [day, 45_293],
    [day, 45_293],
    [day, 45_293],
  ]);
});

test("leaves texts of expressions as they are", () => {
  assert.equal(valueOf("'2024-01-01'"), "2024-01-01");
  assert.equal(valueOf("'2024-01-01' + 1"), null);
});

test("reads nothing by a format it does not understand", () => {
  const none = { MMM: [], MMMM: [], WWW: [], WWWW: [] };
  for (const format of ["", "W", "YYYY-MM", "mm:ss", "DD.MM.YYYY DD", "YYYY-MM-DD[", "]", "GGGG", "MMM"]) {
    assert.equal(formatReader(format, none), undefined, format);
  }
  assert.ok(formatReader("YYYY-MM-DDThh:mm:ss", none) !== undefined);
});
