/** Functions of the script language, each by examples of its page in the documentation. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Value } from "../../contract/types.ts";
import { errorOf, rows } from "./loaded.ts";

type Example = readonly [expression: string, value: Value];

/** Values of expressions, with these statements before them. */
function check(examples: readonly Example[], settings = ""): void {
  assert.ok(examples.length > 0);
  for (const [expression, expected] of examples) {
    const [row] = rows(`${settings} LOAD ${expression} AS X AUTOGENERATE 1;`);
    assert.deepEqual(row?.[0], expected, `${settings} ${expression}`);
  }
}

/** Texts alone, where the number under a text is not what an example is about. */
function checkTexts(examples: readonly (readonly [expression: string, text: string])[], settings = ""): void {
  check(
    examples.map(([expression, text]) => [`Text(${expression})`, text]),
    settings,
  );
}

test("string functions give what their pages say", () => {
  check([
    ["Capitalize('my little pony')", "My Little Pony"],
    ["Capitalize('AA bb cC Dd')", "Aa Bb Cc Dd"],
    ["FindOneOf('my example text string', 'et%s')", 4],
    ["FindOneOf('my example text string', 'et%s', 3)", 12],
    ["FindOneOf('my example text string', '%&')", 0],
    ["Index('abcdefg', 'cd')", 3],
    ["Index('abcdabcd', 'b', 2)", 6],
    ["Index('abcdabcd', 'b', -2)", 2],
    ["KeepChar('a1b2c3', '123')", "123"],
    ["KeepChar('a1b22c3', '1234')", "1223"],
    ["PurgeChar('a1b2c3', '312')", "abc"],
    ["Repeat('*', 4)", "****"],
    ["Replace('abccde', 'cc', 'xyz')", "abxyzde"],
    ["SubField('abc;cde;efg', ';', 2)", "cde"],
    ["SubField('abc;cde;efg', ';', -1)", "efg"],
    ["SubField('', ';', 1)", null],
    ["SubField(';', ';', 1)", ""],
    ["SubStringCount('abcdefgcdxyz', 'cd')", 2],
    ["SubStringCount('abcdefgcdxyz', 'dc')", 0],
    ["TextBetween('<abc>', '<', '>')", "abc"],
    ["TextBetween('<abc><de>', '<', '>', 2)", "de"],
    ["TextBetween('<abc', '<', '>')", null],
    ["Replace('$&', '$', '')", "&"],
  ]);
});

test("numeric functions give what their pages say", () => {
  check([
    ["BitCount(3)", 2],
    ["BitCount(-1)", 64],
    ["Ceil(2.4)", 3],
    ["Ceil(3.88, 0.1)", 3.9],
    ["Ceil(3.88, 5)", 5],
    ["Ceil(1.1, 1, 0.5)", 1.5],
    ["Ceil(1.1, 1, -0.01)", 1.99],
    ["Floor(3.88, 0.1)", 3.8],
    ["Floor(3.88, 5)", 0],
    ["Floor(1.1, 1, 0.5)", 0.5],
    ["Round(2.5)", 3],
    ["Round(2, 4)", 4],
    ["Round(2, 6)", 0],
    ["Round(3.88, 0.1)", 3.9],
    ["Round(1.1, 1, 0.5)", 1.5],
    ["Combin(35, 7)", 6_724_520],
    ["Permut(8, 3)", 336],
    ["Fact(5)", 120],
    ["Fact(-5)", null],
    ["Div(7.1, 2.3)", 3],
    ["Div(-4, 3)", -1],
    ["Div(4, 0)", null],
    ["Fmod(7.5, 2)", 1.5],
    ["Fmod(4, -3)", 1],
    ["Fmod(-4, -3)", -1],
    ["Mod(-4, 3)", 2],
    ["Mod(7.5, 2)", null],
    ["Mod(4, -3)", null],
    ["Even(3)", 0],
    ["Even(2 * 10)", -1],
    ["Even(3.14)", null],
    ["Odd(3)", -1],
    ["Frac(11.43)", 0.43],
    ["Frac(-1.4)", 0.6],
    ["Sign(-234)", -1],
    ["Sqrt(9)", 3],
    ["Pow(3, 3)", 27],
    ["Log(-1)", null],
    ["Sqr(5)", 25],
  ]);
});

test("conditional functions give what their pages say", () => {
  check([
    ["Match('Feb', 'Jan', 'Feb', 'Mar')", 2],
    ["Match('jan', 'Jan', 'Feb', 'Mar')", 0],
    ["MixMatch('jan', 'Jan', 'Feb', 'Mar')", 1],
    ["WildMatch('January', 'ja*', 'fe?', 'mar')", 1],
    ["WildMatch('fex', 'ja*', 'fe?', 'mar')", 2],
    ["Pick(2, 'A', 'B', 4, 6)", "B"],
    ["Pick(3, 'A', 'B', 4, 6)", 4],
    ["Pick(9, 'A', 'B')", null],
    ["Class(23, 10)", { n: 20, t: "20<=x<30" }],
    ["Class(23, 10, 'x', 5)", { n: 15, t: "15<=x<25" }],
    ["Alt(Null(), 0)", 0],
    [
      "Alt(Date#('1997/08/06', 'YYYY-MM-DD'), Date#('1997/08/06', 'YYYY/MM/DD'), 'none')",
      { n: 35_648, t: "1997/08/06" },
    ],
    ["Alt(Date#('soon', 'YYYY/MM/DD'), 'No valid date')", "No valid date"],
    ["Coalesce(Null(), 'NORTH')", "NORTH"],
  ]);
});

test("range functions leave out what is no number, or count it", () => {
  check([
    ["RangeSum(1, 2, 'x', Null())", 3],
    ["RangeSum('x')", 0],
    ["RangeAvg(1, 2, 4.5)", 2.5],
    ["RangeAvg('x')", null],
    ["RangeMin(3, 1, 2)", 1],
    ["RangeMax(3, 1, 2)", 3],
    ["RangeCount(1, 'x', Null())", 2],
    ["RangeNumericCount(1, 'x', Null())", 1],
    ["RangeTextCount(1, 'x', Null())", 1],
    ["RangeNullCount(1, 'x', Null())", 1],
    ["RangeMissingCount(1, 'x', Null())", 2],
    ["RangeMinString('b', 'a')", "a"],
    ["RangeMaxString('b', 'a')", "b"],
    ["RangeMode(1, 2, 2)", 2],
    ["RangeOnly(5, 5)", 5],
    ["RangeOnly(5, 6)", null],
    ["RangeStDev(1, 3)", Math.SQRT2],
  ]);
});

test("formatting functions give a number a text", () => {
  check([
    ["Date(35648, 'YY.MM.DD')", { n: 35_648, t: "97.08.06" }],
    ["Date(35648.375, 'DD.MM.YYYY')", { n: 35_648.375, t: "06.08.1997" }],
    ["Date('west', 'YY.MM.DD')", null],
    ["Time(0.375)", { n: 0.375, t: "09:00:00" }],
    ["Time(0.99999, 'hh-mm')", { n: 0.999_99, t: "23-59" }],
    ["Timestamp(35648, 'YYYY-MM-DD hh.mm')", { n: 35_648, t: "1997-08-06 00.00" }],
    ["Interval(0.375)", { n: 0.375, t: "09:00:00" }],
    ["Interval(1.375)", { n: 1.375, t: "33:00:00" }],
    ["Interval(1.375, 'D hh:mm')", { n: 1.375, t: "1 09:00" }],
    ["Interval(365.375, 'D hh:mm')", { n: 365.375, t: "365 09:00" }],
    ["Money(3564800, '#,##0 kr', '.', ',')", { n: 3_564_800, t: "3,564,800 kr" }],
    ["Num(35648.375, '0.0')", { n: 35_648.375, t: "35648.4" }],
    ["Num(3.25, '0,0', ',', ' ')", { n: 3.25, t: "3,3" }],
    ["Text(Num(Pi(), '0,00', '.', ','))", "003"],
    ["Text(Num(1245678912, '0000-0000-0000', '.', '-'))", "0012-4567-8912"],
    ["Text(Num(2.5, '0.0#'))", "2.5"],
    ["Text(Num(2.5, '0.00'))", "2.50"],
    ["Text(Num(35648, '#,##0.##', '.', ','))", "35,648"],
    ["Num(123, '0000')", { n: 123, t: "0123" }],
    ["Num(0.125, '0.0%')", { n: 0.125, t: "12.5%" }],
    ["Num(5)", 5],
    ["Dual('Q1', 1)", { n: 1, t: "Q1" }],
  ]);
  checkTexts([["Date(35648)", "97-08-06"]], "SET DateFormat='YY-MM-DD';");
  checkTexts([["Date(35648)", "8/6/97"]], "SET DateFormat='M/D/YY';");
  checkTexts([["Timestamp(35648.375)", "8/6/97 09:00:00"]], "SET TimestampFormat='M/D/YY hh:mm:ss';");
  checkTexts(
    [["Money(35648)", "kr 35 648,00"]],
    "SET MoneyFormat='kr # ##0,00'; SET MoneyThousandSep=' '; SET MoneyDecimalSep=',';",
  );
  checkTexts([["Money(-2)", "($ 2.00)"]], "SET MoneyFormat='$ #,##0.00;($ #,##0.00)';");
  checkTexts([["Timestamp(35648.75)", "8/6/1997 6:00:00 PM"]], "SET TimestampFormat='M/D/YYYY h:mm:ss[.fff] TT';");
});

test("interpretation functions read a text as a number and keep it", () => {
  check([
    ["Num#('35,648.375', '#.#', '.', ',')", { n: 35_648.375, t: "35,648.375" }],
    ["Num#('x', '#.#', '.', ',')", "x"],
    ["Money#('35 648,37 kr', '# ##0,00 kr', ',', ' ')", { n: 35_648.37, t: "35 648,37 kr" }],
    ["Money#('$35,648.37', '$#', '.', ',')", { n: 35_648.37, t: "$35,648.37" }],
    ["Interval#('1 09:00', 'D hh:mm')", { n: 1.375, t: "1 09:00" }],
    ["Time#('09.00', 'hh.mm')", { n: 0.375, t: "09.00" }],
    ["Date#('97-08-06', 'M/D/YY')", "97-08-06"],
    ["Num(Date#('201408', 'YYYYMM'))", 41_852],
    ["Num(Timestamp#('2015-09-15T12:13:14')) = Num(MakeDate(2015, 9, 15) + MakeTime(12, 13, 14))", -1],
    ["Timestamp(Timestamp#('1952-10-16T13:14:00+0200'))", { n: 19_283.468_055_555_557, t: "1952-10-16 11:14:00" }],
  ]);
  check(
    [
      ["Num(Date#('8/7/97'))", 35_649],
      ["Num(Date#('8/6/1997'))", 35_648],
    ],
    "SET DateFormat='M/D/YYYY';",
  );
});

test("refuses what is random, the machine's or not documented, and says what to do", () => {
  for (const call of ["Rand()", "Hash128(1)", "Evaluate('1')", "LocalTime()", "Frobnicate(1)"]) {
    const { code, details } = errorOf(`LOAD ${call} AS X AUTOGENERATE 1;`);
    assert.deepEqual([code, details.line, details.column], ["not-supported", 1, 6], call);
    assert.ok((details.remedy ?? "") !== "");
  }
});

test("refuses texts that grow too long", () => {
  const { code } = errorOf("LOAD Repeat('NORTH', 1000000) AS X AUTOGENERATE 1;");
  assert.equal(code, "script-run");
});

test("answers what a script asks of its machine the same everywhere", () => {
  check([
    ["OSUser()", "UserDirectory=INTERNAL; UserId=sa_scheduler"],
    ["IsPartialReload()", 0],
    ["Text(Today())", "2026-01-01"],
    ["Text(Now())", "2026-01-01 00:00:00"],
  ]);
});
