/** Date and time functions, by the examples of their pages. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { ConformanceError } from "../../contract/errors.ts";
import type { Value } from "../../contract/types.ts";
import { reload } from "../../reload/index.ts";
import { rows } from "./loaded.ts";

type Example = readonly [expression: string, value: Value];

const european = "SET DateFormat='DD/MM/YYYY'; SET TimestampFormat='DD/MM/YYYY hh:mm:ss';";

function check(examples: readonly Example[], settings = ""): void {
  assert.ok(examples.length > 0);
  for (const [expression, expected] of examples) {
    const [row] = rows(`${settings} LOAD ${expression} AS X AUTOGENERATE 1;`);
    assert.deepEqual(row?.[0], expected, expression);
  }
}

function checkTexts(examples: readonly (readonly [expression: string, text: string])[], settings = european): void {
  check(
    examples.map(([expression, text]) => [`Text(${expression})`, text]),
    settings,
  );
}

test("takes moments apart", () => {
  check([
    ["Day('1971-10-12')", 12],
    ["Day('35648')", 6],
    ["Year('2012-10-12')", 2012],
    ["Month('2012-10-12')", { n: 10, t: "Oct" }],
    ["Hour('09:14:36')", 9],
    ["Hour('0.5555')", 13],
    ["Minute('0.5555')", 19],
    ["Second('09:14:36')", 36],
    ["WeekDay('1971-10-12')", { n: 1, t: "Tue" }],
    ["WeekDay('1971-10-12', 6)", { n: 2, t: "Tue" }],
    ["WeekYear('1996-12-30')", 1997],
    ["WeekYear('1997-01-02')", 1997],
    ["WeekYear('1997-12-28')", 1997],
    ["WeekYear('1997-12-30')", 1998],
    ["WeekYear('1999-01-02')", 1998],
    ["Week('1999-01-02')", 53],
    ["Week('2014-01-01')", 1],
    ["Week('1999-01-02', 0, 1)", 1],
    ["Year('west')", null],
  ]);
  check([["Month(35648)", { n: 8, t: "aug" }]], "SET MonthNames='jan;feb;mars;apr;maj;juni;juli;aug;sep;okt;nov;dec';");
});

test("puts moments together", () => {
  check([
    ["Text(MakeDate(2012))", "2012-01-01"],
    ["Text(MakeDate(12))", "0012-01-01"],
    ["Text(MakeDate(2012, 2, 14))", "2012-02-14"],
    ["MakeDate(2012, 2, 30)", null],
    ["Text(MakeTime(22))", "22:00:00"],
    ["Text(MakeTime(22, 17, 52))", "22:17:52"],
    ["Text(MakeWeekDate(2014, 6, 6))", "2014-02-09"],
    ["Text(MakeWeekDate(2014, 6))", "2014-02-03"],
  ]);
});

test("moves days by months and years", () => {
  check([
    ["Text(AddMonths('2003-01-29', 3))", "2003-04-29"],
    ["Text(AddMonths('2003-01-29', 3, 1))", "2003-04-28"],
    ["Text(AddMonths('2003-01-29', 1, 0))", "2003-02-28"],
    ["Text(AddMonths('2003-01-29', 1, 1))", "2003-02-26"],
    ["Text(AddMonths('2003-02-28', 1, 0))", "2003-03-28"],
    ["Text(AddMonths('2003-02-28', 1, 1))", "2003-03-31"],
    ["Text(AddYears('2010-01-29', 3))", "2013-01-29"],
    ["Text(AddYears('2010-01-29', -1))", "2009-01-29"],
  ]);
  check(
    [
      ["Age('25/01/2014', '29/10/2012')", 1],
      ["Age('29/10/2014', '29/10/2012')", 2],
      ["Text(SetDateYear('29/10/2005', 2013))", "29/10/2013"],
      ["Text(SetDateYear('29/10/2005 04:26:14', 2013))", "29/10/2013 04:26:14"],
    ],
    european,
  );
});

test("finds where days, weeks, months, quarters and years begin and end, and names them", () => {
  checkTexts([
    ["DayEnd('25/01/2013 16:45:00')", "25/01/2013 23:59:59"],
    ["DayEnd('25/01/2013 16:45:00', -1)", "24/01/2013 23:59:59"],
    ["DayEnd('25/01/2013 16:45:00', 0, 0.5)", "26/01/2013 11:59:59"],
    ["DayStart('25/01/2013 16:45:00', 0, 0.5)", "25/01/2013 12:00:00"],
    ["DayStart('25/01/2013 09:00:00', 0, 0.5)", "24/01/2013 12:00:00"],
    ["WeekStart('12/01/2013')", "07/01/2013"],
    ["WeekStart('12/01/2013', 0, 1)", "08/01/2013"],
    ["WeekName('12/01/2013')", "2013/02"],
    ["WeekName('12/01/2013', -1)", "2013/01"],
    ["MonthStart('19/10/2001')", "01/10/2001"],
    ["MonthStart('19/10/2001', -1)", "01/09/2001"],
    ["Timestamp(MonthEnd('19/02/2012'))", "29/02/2012 23:59:59"],
    ["Timestamp(MonthEnd('19/02/2001', -1))", "31/01/2001 23:59:59"],
    ["MonthName('19/10/2013')", "Oct 2013"],
    ["MonthName('19/10/2013', -1)", "Sep 2013"],
    ["MonthsStart(4, '19/10/2013', -1)", "01/05/2013"],
    ["MonthsStart(4, '19/10/2013', 0, 2)", "01/10/2013"],
    ["MonthsName(4, '19/10/2013')", "Sep-Dec 2013"],
    ["MonthsName(4, '19/10/2013', 0, 2)", "Oct-Jan 2014"],
    ["QuarterEnd('29/10/2005')", "31/12/2005"],
    ["QuarterEnd('29/10/2005', -1)", "30/09/2005"],
    ["QuarterEnd('29/10/2005', 0, 3)", "30/11/2005"],
    ["QuarterName('29/10/2013')", "Oct-Dec 2013"],
    ["QuarterName('29/10/2013', -1)", "Jul-Sep 2013"],
    ["QuarterName('29/10/2013', 0, 3)", "Sep-Nov 2013"],
    ["YearStart('19/10/2001')", "01/01/2001"],
    ["YearStart('19/10/2001', 0, 4)", "01/04/2001"],
    ["YearName('19/10/2001', -1)", "2000"],
    ["YearName('19/10/2001', 0, 4)", "2001-2002"],
  ]);
});

test("tells whether a moment lies in a period", () => {
  check(
    [
      ["InWeek('12/01/2006', '14/01/2006', 0)", -1],
      ["InWeek('12/01/2006', '20/01/2006', 0)", 0],
      ["InWeek('07/01/2006', '14/01/2006', -1)", -1],
      ["InWeek('12/01/2006', '09/01/2006', 0, 3)", 0],
      ["InMonth('25/01/2013', '01/01/2013', 0)", -1],
      ["InMonths(4, '25/01/2013', '25/04/2013', 0)", -1],
      ["InMonths(4, '25/05/2013', '25/04/2013', 0)", 0],
      ["InMonths(4, '25/11/2012', '01/02/2013', -1)", -1],
      ["InMonths(4, '25/05/2006', '01/03/2006', 0, 3)", -1],
      ["InMonthsToDate(4, '25/01/2013', '25/04/2013', 0)", -1],
      ["InMonthsToDate(4, '26/04/2013', '25/04/2013', 0)", 0],
      ["InYear('25/01/2012', '01/01/2013', -1)", -1],
      ["InYearToDate('25/01/2013', '01/02/2013', 0)", -1],
      ["InYearToDate('25/01/2012', '01/02/2013', -1)", -1],
      ["InYearToDate('25/11/2012', '31/01/2013', 0, 4)", -1],
      ["InYearToDate('31/03/2013', '31/01/2013', 0, 4)", 0],
      ["InQuarter('25/01/2013', '25/03/2013', 0)", -1],
      ["InDay('12/01/2006 12:23:00', '12/01/2006 00:00:00', 0)", -1],
    ],
    european,
  );
});

test("numbers days by years of 366 days, and counts working days", () => {
  check(
    [
      ["DayNumberOfYear('12/09/2014')", 256],
      ["DayNumberOfYear('12/09/2014', 3)", 196],
      ["DayNumberOfQuarter('12/09/2014')", 74],
      ["DayNumberOfQuarter('12/09/2014', 3)", 12],
      ["NetworkDays('19/12/2013', '07/01/2014')", 14],
      ["NetworkDays('19/12/2013', '07/01/2014', '25/12/2013', '26/12/2013')", 12],
      ["NetworkDays('19/12/2013', '07/01/2014', '25/12/2013', '26/12/2013', '31/12/2013', '01/01/2014')", 10],
      ["Text(FirstWorkDate('29/12/2014', 9))", "17/12/2014"],
      ["Text(FirstWorkDate('29/12/2014', 9, '25/12/2014', '26/12/2014'))", "15/12/2014"],
      ["Text(LastWorkDate('19/12/2014', 9))", "31/12/2014"],
      ["Text(LastWorkDate('19/12/2014', 9, '2014-12-25', '2014-12-26'))", "02/01/2015"],
    ],
    european,
  );
});

function at(now: string, expression: string): Value {
  const { app } = reload(`LOAD ${expression} AS X AUTOGENERATE 1;`, { now });
  return app[0]?.rows[0]?.[0] ?? null;
}

test("runs at the moment it is told", () => {
  assert.deepEqual(at("2011-11-18 06:00:00", "Today()"), { n: 40_865, t: "2011-11-18" });
  assert.deepEqual(at("2011-11-18 06:00:00", "Now()"), { n: 40_865.25, t: "2011-11-18 06:00:00" });
  for (const [expression, expected] of [
    ["YearToDate('2010-11-18')", 0],
    ["YearToDate('2011-02-01')", -1],
    ["YearToDate('2011-11-18')", -1],
    ["YearToDate('2011-11-19')", 0],
    ["YearToDate('2011-11-19', 0, 1, '2011-12-31')", -1],
    ["YearToDate('2010-11-18', -1)", -1],
    ["YearToDate('2011-11-18', -1)", 0],
    ["YearToDate('2011-04-30', 0, 5)", 0],
    ["YearToDate('2011-05-01', 0, 5)", -1],
  ] as const) {
    assert.equal(at("2011-11-18", expression), expected, expression);
  }
});

test("refuses a moment that is none", () => {
  assert.throws(
    () => reload("TRACE x;", { now: "soon" }),
    (error: unknown) => error instanceof ConformanceError && error.code === "input",
  );
});
