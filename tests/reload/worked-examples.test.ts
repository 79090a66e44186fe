/** The scripts of section-access worked examples, loaded: the tables both implementations start from. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import type { Value } from "../../contract/types.ts";
import { reload } from "../../reload/index.ts";
import type { FileAccess, LoadedApp } from "../../reload/model.ts";

function load(name: string, files?: FileAccess): LoadedApp {
  const script = readFileSync(new URL(`worked-examples/${name}.qvs`, import.meta.url), "utf8");
  return reload(script, { file: `${name}.qvs`, ...(files && { files }) });
}

function access(name: string, fields: readonly string[], rows: readonly Value[][]): unknown {
  return { name, fields, rows, inline: rows.map(() => true) };
}

function table(name: string, fields: readonly string[], rows: readonly Value[][]): unknown {
  return { name, fields, rows, loosened: false };
}

const lettersAndNumbers = table(
  "T1",
  ["ALPHA", "NUM", "REDUCTION"],
  [
    ["A", 1, 1],
    ["B", 2, 2],
    ["C", 3, 3],
  ],
);

test("WE-1 loads the table of rights with blank OMIT cells, and three rows of data", () => {
  assert.deepEqual(load("we-1"), {
    access: [
      access(
        "INLINE01",
        ["ACCESS", "USERID", "REDUCTION", "OMIT"],
        [
          ["USER", "AD_DOMAIN\\ADMIN", "*", ""],
          ["USER", "AD_DOMAIN\\A", 1, ""],
          ["USER", "AD_DOMAIN\\B", 2, "NUM"],
          ["USER", "AD_DOMAIN\\C", 3, "ALPHA"],
          ["USER", "INTERNAL\\SA_SCHEDULER", "*", ""],
        ],
      ),
    ],
    app: [lettersAndNumbers],
    star: "*",
  });
});

test("WE-2 loads the scheduler with a blank reduction", () => {
  assert.deepEqual(load("we-2"), {
    access: [
      access(
        "INLINE01",
        ["ACCESS", "USERID", "REDUCTION"],
        [
          ["USER", "AD_DOMAIN\\ADMIN", "*"],
          ["USER", "AD_DOMAIN\\A", 1],
          ["USER", "AD_DOMAIN\\B", 2],
          ["USER", "AD_DOMAIN\\C", 3],
          ["ADMIN", "INTERNAL\\SA_SCHEDULER", ""],
        ],
      ),
    ],
    app: [lettersAndNumbers],
  });
});

test("WE-3 loads rights by e-mail address", () => {
  assert.deepEqual(load("we-3"), {
    access: [
      access(
        "INLINE01",
        ["ACCESS", "USERID", "REDUCTION"],
        [
          ["USER", "USER1@EXAMPLE.COM", "*"],
          ["USER", "USER2@EXAMPLE.COM", 1],
          ["USER", "USER3@EXAMPLE.COM", 2],
          ["ADMIN", "USER4@EXAMPLE.COM", ""],
        ],
      ),
    ],
    app: [lettersAndNumbers],
  });
});

test("WE-4 loads two OMIT rows of one user", () => {
  assert.deepEqual(load("we-4"), {
    access: [
      access(
        "INLINE01",
        ["ACCESS", "USERID", "OMIT"],
        [
          ["ADMIN", "ADMIN", ""],
          ["USER", "USER1", "SALES"],
          ["USER", "USER2", "WAREHOUSE"],
          ["USER", "USER3", "EMPLOYEES"],
          ["USER", "USER4", "SALES"],
          ["USER", "USER4", "WAREHOUSE"],
          ["USER", "USER5", "*"],
        ],
      ),
    ],
    app: [table("INLINE02", ["SALES", "WAREHOUSE", "EMPLOYEES", "ORDERS"], [[1, 2, 3, 4]])],
  });
});

test("WE-5 loads inline data in double quotes", () => {
  assert.deepEqual(load("we-5"), {
    access: [
      access(
        "Rights",
        ["ACCESS", "USERID", "BRANCH"],
        [
          ["ADMIN", "ANNA", "A"],
          ["ADMIN", "ANNA", "B"],
          ["USER", "MARY", "A"],
          ["USER", "ERICA", "C"],
        ],
      ),
    ],
    app: [table("Branches", ["BRANCH"], [["A"], ["B"]])],
  });
});

test("WE-7 loads rights from a file and keys of two fields", () => {
  const file = "ACCESS;USERID;COUNTRY;PRODUCTGROUP\nUSER;markus;GERMANY;MACHINES\nUSER;markus;FRANCE;FOOD\nNONE;x;;\n";
  const loaded = load("we-7", (path) => (path === "lib://Data/rights.csv" ? file : undefined));
  assert.deepEqual(loaded, {
    access: [
      {
        name: "Rights",
        fields: ["ACCESS", "USERID", "COUNTRY", "PRODUCTGROUP"],
        rows: [
          ["USER", "MARKUS", "GERMANY", "MACHINES"],
          ["USER", "MARKUS", "FRANCE", "FOOD"],
        ],
        inline: [false, false],
      },
    ],
    app: [
      table(
        "Facts",
        ["COUNTRY", "PRODUCTGROUP", "COUNTRYPRODUCT"],
        [
          ["GERMANY", "MACHINES", "GERMANY|MACHINES"],
          ["GERMANY", "FOOD", "GERMANY|FOOD"],
          ["FRANCE", "MACHINES", "FRANCE|MACHINES"],
          ["FRANCE", "FOOD", "FRANCE|FOOD"],
        ],
      ),
    ],
  });
});

test("WE-8 loads rights by group", () => {
  assert.deepEqual(load("we-8"), {
    access: [
      access(
        "Groups",
        ["ACCESS", "USERID", "GROUP", "REDUCTION", "OMIT"],
        [
          ["USER", "*", "ADMIN", "*", ""],
          ["USER", "*", "A", 1, ""],
          ["USER", "*", "B", 2, "NUM"],
          ["USER", "*", "C", 3, "ALPHA"],
          ["USER", "*", "GROUP1", 3, ""],
          ["ADMIN", "INTERNAL\\SA_SCHEDULER", "*", "*", ""],
        ],
      ),
    ],
    app: [lettersAndNumbers],
  });
});

test("WE-11 loads two tables of section access, letter case as written", () => {
  assert.deepEqual(load("we-11"), {
    access: [
      access(
        "Access",
        ["ACCESS", "USERID", "OMITGROUP"],
        [
          ["ADMIN", "ADMIN", ""],
          ["USER", "USER1", ""],
          ["USER", "USER2", "SALARYONLY"],
          ["USER", "USER3", "SALARYANDABSENCE"],
          ["USER", "USER4", "ABSENCEONLY"],
        ],
      ),
      access(
        "OmitGroups",
        ["OMITGROUP", "OMIT"],
        [
          ["SALARYONLY", "Salary"],
          ["SALARYANDABSENCE", "Salary"],
          ["SALARYANDABSENCE", "Absence"],
          ["ABSENCEONLY", "Absence"],
        ],
      ),
    ],
    app: [
      table(
        "Employees",
        ["EmpID", "Name", "Salary", "Absence"],
        [
          [1, "Ann", 4000, 2],
          [2, "Ben", 3500, 0],
        ],
      ),
    ],
  });
});
