import assert from "node:assert/strict";
import { test } from "node:test";

import { reload } from "../../reload/index.ts";
import { errorOf, rows, tables } from "./loaded.ts";

const left = "A: LOAD * INLINE [K,L\n1,a\n2,b\n];\n";
const right = "LOAD * INLINE [K,R\n2,x\n2,y\n3,z\n];";

test("LS-MOD-01 makes one table of two with the same fields, in any order", () => {
  assert.deepEqual(tables(`${left}B: LOAD * INLINE [L,K\nc,3\n];`), {
    A: [
      ["K", "L"],
      [1, "a"],
      [2, "b"],
      [3, "c"],
    ],
  });
});

test("LS-MOD-01 keeps them apart with NOCONCATENATE", () => {
  assert.deepEqual(Object.keys(tables(`${left}B: NOCONCATENATE LOAD * INLINE [L,K\nc,3\n];`)), ["A", "B"]);
});

test("LS-MOD-01 holds among tables of section access, and never over the border (SA-SCR-06)", () => {
  const row = "LOAD * INLINE [ACCESS,USERID\nUSER,CORP\\ANN\n];";
  const { access, app } = reload(`App: ${row} Section Access; Rights: ${row} More: ${row} Section Application; ${row}`);
  assert.deepEqual(access, [
    {
      name: "Rights",
      fields: ["ACCESS", "USERID"],
      rows: [
        ["USER", "CORP\\ANN"],
        ["USER", "CORP\\ANN"],
      ],
      inline: [true, true],
    },
  ]);
  assert.deepEqual(
    app.map(({ name, rows: { length } }) => [name, length]),
    [["App", 2]],
  );
});

test("LS-MOD-02 adds rows to the table named, or to the last one, and fills up with NULL", () => {
  const script = `${left}B: LOAD 1 AS Z AUTOGENERATE 1;`;
  assert.deepEqual(tables(`${script} CONCATENATE (A) LOAD 3 AS K, 'n' AS N AUTOGENERATE 1;`)["A"], [
    ["K", "L", "N"],
    [1, "a", null],
    [2, "b", null],
    [3, null, "n"],
  ]);
  assert.deepEqual(tables(`${script} CONCATENATE LOAD 1 AS Z AUTOGENERATE 1;`)["B"], [["Z"], [1], [1]]);
});

test("LS-MOD-02 refuses to concatenate to nothing, or to a table there is not", () => {
  assert.match(errorOf("CONCATENATE LOAD 1 AS A AUTOGENERATE 1;").message, /no table before it/);
  assert.match(errorOf(`${left}CONCATENATE (B) LOAD 1 AS A AUTOGENERATE 1;`).message, /no table "B"/);
});

for (const [side, expected] of [
  [
    "OUTER",
    [
      [1, "a", null],
      [2, "b", "x"],
      [2, "b", "y"],
      [3, null, "z"],
    ],
  ],
  [
    "",
    [
      [1, "a", null],
      [2, "b", "x"],
      [2, "b", "y"],
      [3, null, "z"],
    ],
  ],
  [
    "INNER",
    [
      [2, "b", "x"],
      [2, "b", "y"],
    ],
  ],
  [
    "LEFT",
    [
      [1, "a", null],
      [2, "b", "x"],
      [2, "b", "y"],
    ],
  ],
  [
    "RIGHT",
    [
      [2, "b", "x"],
      [2, "b", "y"],
      [3, null, "z"],
    ],
  ],
] as const) {
  test(`LS-MOD-03 joins over the common fields: ${side} JOIN`, () => {
    assert.deepEqual(tables(`${left}${side} JOIN (A) ${right}`), { A: [["K", "L", "R"], ...expected] });
  });
}

test("LS-MOD-03 joins everything with everything where no field is common", () => {
  assert.deepEqual(rows(`${left}JOIN LOAD RecNo() AS N AUTOGENERATE 2;`), [
    [1, "a", 1],
    [1, "a", 2],
    [2, "b", 1],
    [2, "b", 2],
  ]);
});

test("LS-VAL-05 does not join over NULL", () => {
  const script = "A: LOAD Null() AS K, 'a' AS L AUTOGENERATE 1; JOIN (A) LOAD Null() AS K, 'x' AS R AUTOGENERATE 1;";
  assert.deepEqual(rows(script), [
    [null, "a", null],
    [null, null, "x"],
  ]);
});

for (const [side, ofA, ofB] of [
  [
    "INNER",
    [[2, "b"]],
    [
      [2, "x"],
      [2, "y"],
    ],
  ],
  [
    "LEFT",
    [
      [1, "a"],
      [2, "b"],
    ],
    [
      [2, "x"],
      [2, "y"],
    ],
  ],
  [
    "RIGHT",
    [[2, "b"]],
    [
      [2, "x"],
      [2, "y"],
      [3, "z"],
    ],
  ],
] as const) {
  test(`LS-MOD-03 reduces tables without merging them: ${side} KEEP`, () => {
    assert.deepEqual(tables(`${left}B: ${side} KEEP (A) ${right}`), {
      A: [["K", "L"], ...ofA],
      B: [["K", "R"], ...ofB],
    });
  });
}

test("LS-MOD-04 marks a table as loosened", () => {
  const { app } = reload(`${left}B: ${right} LOOSEN TABLE B;`);
  assert.deepEqual(
    app.map(({ name, loosened }) => [name, loosened]),
    [
      ["A", false],
      ["B", true],
    ],
  );
});

test("LS-MOD-05 qualifies the fields that fit, until they are unqualified", () => {
  const script =
    "QUALIFY *; UNQUALIFY K*; T: LOAD * INLINE [KEY,REGION\n1,NORTH\n]; UNQUALIFY *; U: LOAD * INLINE [REGION\nSOUTH\n];";
  assert.deepEqual(tables(script), {
    T: [
      ["KEY", "T.REGION"],
      [1, "NORTH"],
    ],
    U: [["REGION"], ["SOUTH"]],
  });
});

test("LS-MOD-05 renames section access fields when left switched on", () => {
  const { access } = reload("QUALIFY *; Section Access; Rights: LOAD * INLINE [ACCESS\nUSER\n];");
  assert.deepEqual(access?.[0]?.fields, ["Rights.ACCESS"]);
});

test("LS-MOD-06 renames and drops fields and tables", () => {
  assert.deepEqual(tables(`${left}RENAME FIELD L TO M; RENAME TABLE A TO B;`), {
    B: [
      ["K", "M"],
      [1, "a"],
      [2, "b"],
    ],
  });
  assert.deepEqual(tables(`${left}DROP FIELD L;`), { A: [["K"], [1], [2]] });
  assert.deepEqual(Object.keys(tables(`${left}B: ${right} DROP TABLES A;`)), ["B"]);
  assert.deepEqual(tables(`${left}B: ${right} DROP FIELD K FROM B;`)["B"], [["R"], ["x"], ["y"], ["z"]]);
});

test("LS-MOD-06 renames fields by a mapping table", () => {
  const script = `Names: MAPPING LOAD * INLINE [old,new\nL,M\nNone,Nobody\n]; ${left}RENAME FIELDS USING Names;`;
  assert.deepEqual(tables(script)["A"]?.[0], ["K", "M"]);
});

for (const [what, script] of [
  ["renames to a field there is", "RENAME FIELD K TO L;"],
  ["renames to a table there is", "B: LOAD 1 AS Z AUTOGENERATE 1; RENAME TABLE B TO A;"],
  ["drops of tables there are not", "DROP TABLE B;"],
  ["drops of fields there are not", "DROP FIELD Z;"],
  ["mapping tables there are not", "B: LOAD ApplyMap('None', K) AS Z RESIDENT A;"],
  ["mapping tables of three columns", "M: MAPPING LOAD 1 AS A, 2 AS B, 3 AS C AUTOGENERATE 1;"],
  ["tables there are not", "LOAD * RESIDENT B;"],
] as const) {
  test(`LS-MOD-06, LS-MOD-07 refuses ${what}`, () => {
    const { code, details } = errorOf(`${left}${script}`);
    assert.deepEqual([code, details.file, details.line], ["script-run", "sales.qvs", 5]);
    assert.ok(details.remedy);
  });
}

test("LS-MOD-07 maps values, the first of duplicate keys winning, and leaves others as they are", () => {
  const script = "Names: MAPPING LOAD * INLINE [code,name\n1,NORTH\n2,SOUTH\n1,EAST\n];";
  assert.deepEqual(
    rows(`${script} LOAD ApplyMap('Names', RecNo()) AS A, ApplyMap('Names', RecNo(), '?') AS B AUTOGENERATE 3;`),
    [
      ["NORTH", "NORTH"],
      ["SOUTH", "SOUTH"],
      [3, "?"],
    ],
  );
});

test("LS-MOD-08 reports the star symbol in force in section access", () => {
  const rights = "Section Access; LOAD * INLINE [ACCESS\nUSER\n]; Section Application;";
  assert.equal(reload(`STAR IS '%'; ${rights} STAR IS *;`).star, "%");
  assert.equal(reload(`STAR IS '%'; STAR IS; ${rights}`).star, undefined);
  assert.equal(reload(rights).star, undefined);
});
