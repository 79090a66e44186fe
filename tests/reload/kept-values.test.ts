/** What statements before a LOAD make of the values it stores (LS-MOD-07, LS-MOD-09, LS-MOD-10). */
import assert from "node:assert/strict";
import { test } from "node:test";

import { reload } from "../../reload/index.ts";
import { errorOf, rows, tables } from "./loaded.ts";

const names = "LOAD * INLINE [\nA\nab\nCd\neF gh\n7\n];";

test("LS-MOD-09 FORCE changes the letter case of later values, until it is set back", () => {
  assert.deepEqual(rows(`FORCE Capitalization; ${names}`), [["Ab"], ["Cd"], ["Ef Gh"], [7]]);
  assert.deepEqual(rows(`FORCE CASE UPPER; ${names}`), [["AB"], ["CD"], ["EF GH"], [7]]);
  assert.deepEqual(rows(`FORCE CASE LOWER; ${names}`), [["ab"], ["cd"], ["ef gh"], [7]]);
  assert.deepEqual(rows(`FORCE CASE UPPER; FORCE CASE MIXED; ${names}`), [["ab"], ["Cd"], ["eF gh"], [7]]);
});

test("LS-MOD-09 FORCE leaves section access alone, and changes the text of a number with a text of its own", () => {
  const { access } = reload("FORCE CASE UPPER; Section Access; LOAD * INLINE [\nUSERID\nCorp\\ann\n];");
  assert.deepEqual(access?.[0]?.rows, [["Corp\\ann"]]);
  assert.deepEqual(rows("FORCE CASE UPPER; LOAD Dual('q1', 1) AS Q AUTOGENERATE 1;"), [[{ n: 1, t: "Q1" }]]);
});

test("LS-MOD-07 MAP … USING maps the values of fields as they are stored", () => {
  const map = "M: MAPPING LOAD * INLINE [\nC,NAME\nSE,Sweden\n1,One\n];";
  assert.deepEqual(
    rows(
      `${map} MAP Country, Land* USING M; LOAD Country, Landlord, Country AS Code INLINE [\nCountry,Landlord\nSE,1\nNO,SE\n];`,
    ),
    [
      ["Sweden", "One", "SE"],
      ["NO", "Sweden", "NO"],
    ],
  );
  assert.deepEqual(rows(`${map} MAP * USING M; UNMAP Country; LOAD * INLINE [\nCountry\nSE\n];`), [["SE"]]);
});

test("ALIAS renames fields of later loads", () => {
  assert.deepEqual(tables("ALIAS ID AS CUSTOMER; T: LOAD * INLINE [\nID,QTY\n1,2\n];"), {
    T: [
      ["CUSTOMER", "QTY"],
      [1, 2],
    ],
  });
});

test("refuses two fields that an ALIAS or a transformation gives one name", () => {
  for (const script of [
    "ALIAS ID AS CUSTOMER; LOAD * INLINE [\nID,CUSTOMER\n1,2\n];",
    "CROSSTABLE (REGION, QTY) LOAD * INLINE [\nREGION,Jan\nNORTH,1\n];",
  ]) {
    const { code, details } = errorOf(script);
    assert.equal(code, "script-run");
    assert.match(details.remedy ?? "", /AS/);
  }
});

test("LS-MOD-10 OtherSymbol stands for the values of a link field its table has not", () => {
  const script = `SET OtherSymbol='+'; T: LOAD * INLINE [\nX, Y\na, a\nb, b\nc, c\n]; U: LOAD * INLINE [\nX, Z\na, a\n+, z\n];`;
  assert.deepEqual(tables(script)["U"], [
    ["X", "Z"],
    ["a", "a"],
    ["b", "z"],
    ["c", "z"],
  ]);
});

test("LS-MOD-10 leaves the symbol where it was not set, or no other table has the field", () => {
  const data = "T: LOAD * INLINE [\nX, Y\na, a\nb, b\n]; U: LOAD * INLINE [\nX, Z\na, a\n+, z\n];";
  assert.deepEqual(tables(data)["U"]?.[2], ["+", "z"]);
  assert.deepEqual(tables(`SET OtherSymbol='+'; ${data} DROP TABLE T;`)["U"]?.[2], ["+", "z"]);
  const { access } = reload(
    `SET OtherSymbol='+'; Section Access; LOAD * INLINE [\nX\n+\n]; Section Application; ${data}`,
  );
  assert.deepEqual(access?.[0]?.rows, [["+"]]);
});

test("LS-VAL-05 NULLASVALUE comes after the maps, LS-INL-03 blanks go before them", () => {
  const map = "M: MAPPING LOAD * INLINE [\nC,NAME\nSE,Sweden\n];";
  const load = `LOAD A & ' ' AS A, Null() AS B INLINE [\nA\nSE\n];`;
  assert.deepEqual(rows(`${map} MAP * USING M; NULLASVALUE B; SET NullValue='none'; ${load}`), [["Sweden", "none"]]);
  assert.deepEqual(rows(`SET Verbatim=1; ${map} MAP A USING M; ${load}`), [["SE ", null]]);
});
