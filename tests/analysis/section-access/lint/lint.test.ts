/** Nothing is found in a clean script, and each fault planted in it gives its own finding and no other. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rules, type Finding, type Rule } from "../../../../analysis/section-access/lint/finding.ts";
import { lint } from "../../../../analysis/section-access/lint/lint.ts";
import { dialectOf } from "../../../../catalogue/dialects.ts";
import { requirement } from "../../../../catalogue/index.ts";
import { principalNamed } from "../../../../intake/principals.ts";
import { reload } from "../../../../reload/index.ts";

const clean = `// Orders of a small trading company.
Section Access;
Access:
LOAD * INLINE [
ACCESS, USERID, GROUP, REGION, OMIT
USER, INTERNAL\\SA_SCHEDULER, *, *,
USER, CORP\\ANN, *, NORTH,
USER, CORP\\BEN, *, SOUTH, NOTE
USER, *, SALES, SOUTH,
];
Section Application;
Customers:
LOAD * INLINE [
CUSTOMER, REGION
Alder, NORTH
Birch, SOUTH
];
Orders:
LOAD * INLINE [
ORDERNO, CUSTOMER, NOTE
1, Alder, late
2, Birch, new
];
`;

function found(script: string, dialect = "documented"): readonly Finding[] {
  const source = { script, file: "orders.qvs", files: () => undefined };
  const users = [principalNamed("CORP\\ann", []), principalNamed("CORP\\erin", ["Sales"])];
  return lint(source, reload(script, { file: source.file }), users, dialectOf(dialect));
}

interface Plant {
  readonly change: readonly (readonly [from: string, to: string])[];
  /** Line and column of the finding. */
  readonly at: readonly [line: number, column: number];
  readonly tells: RegExp;
}

const twoFields: Plant["change"] = [
  ["GROUP, REGION, OMIT", "GROUP, REGION, OMIT, PRODUCT"],
  ["SA_SCHEDULER, *, *,", "SA_SCHEDULER, *, *,, *"],
  ["ANN, *, NORTH,", "ANN, *, NORTH,, BOLT\nUSER, CORP\\ANN, *, SOUTH,, NUT"],
  ["BEN, *, SOUTH, NOTE", "BEN, *, SOUTH, NOTE, NUT"],
  ["SALES, SOUTH,", "SALES, SOUTH,, NUT"],
  ["ORDERNO, CUSTOMER, NOTE", "ORDERNO, CUSTOMER, NOTE, PRODUCT"],
  ["Alder, late", "Alder, late, NUT"],
  ["Birch, new", "Birch, new, NUT"],
  ["2, Birch, new, NUT", "2, Birch, new, NUT\n3, Alder, new, BOLT"],
];

const plants: { readonly [rule in Rule]: Plant } = {
  "field-case": {
    change: [["CUSTOMER, REGION\n", "CUSTOMER, Region\n"]],
    at: [5, 24],
    tells: /section access has REGION, the app Region: .* whoever gets in sees every Region/,
  },
  "lone-star": {
    change: [
      ["ANN, *, NORTH", "ANN, *, *"],
      ["BEN, *, SOUTH", "BEN, *, *"],
      ["SALES, SOUTH", "SALES, *"],
    ],
    at: [6, 33],
    tells: /\* of REGION stands for the values listed .* there are none/,
  },
  "unlisted-value": {
    change: [["Birch, SOUTH\n", "Birch, SOUTH\nCedar, WEST\n"]],
    at: [5, 24],
    tells: /no row lists WEST of REGION: nobody who is reduced sees it/,
  },
  "absent-value": {
    change: [["USER, CORP\\BEN", "USER, CORP\\ANN, *, EAST,\nUSER, CORP\\BEN"]],
    at: [8, 20],
    tells: /REGION EAST is not in the data/,
  },
  "cross-product": {
    change: twoFields,
    at: [7, 1],
    tells: /rows of CORP\\ann pair REGION and PRODUCT, .* sees row 1 of Orders that none of his rows names/,
  },
  "omit-unknown": {
    change: [["SOUTH, NOTE", "SOUTH, NOTES"]],
    at: [8, 27],
    tells: /OMIT NOTES names no field of the app/,
  },
  "omit-list": { change: [["SOUTH, NOTE", "SOUTH, NOTE;ORDERNO"]], at: [8, 27], tells: /OMIT NOTE;ORDERNO is a list/ },
  "omit-key": {
    change: [["SOUTH, NOTE", "SOUTH, CUSTOMER"]],
    at: [8, 27],
    tells: /CUSTOMER, which links Customers and Orders/,
  },
  "omit-reducing": {
    change: [["SOUTH, NOTE", "SOUTH, REGION"]],
    at: [8, 27],
    tells: /OMIT hides REGION, by which rows are reduced/,
  },
  island: {
    change: [["Orders:\n", "Rates:\nLOAD * INLINE [\nCURRENCY, RATE\nEUR, 1\n];\nOrders:\n"]],
    at: [18, 1],
    tells: /Rates is linked to nothing that is reduced: whoever gets in sees all 1 row/,
  },
  loosened: {
    change: [["2, Birch, new\n];\n", "2, Birch, new\n];\nLOOSEN TABLE Orders;\n"]],
    at: [18, 1],
    tells: /Orders is loosely coupled: whoever gets in sees all 2 rows/,
  },
  "locked-out": {
    change: [["SALES, SOUTH", "SALES, EAST"]],
    at: [9, 17],
    tells: /REGION EAST is not in the data: strict exclusion refuses CORP\\erin the app/,
  },
  "mixed-case-value": {
    change: [["Birch, SOUTH\n", "Birch, SOUTH\nCedar, South\n"]],
    at: [12, 1],
    tells: /South of REGION is not in upper case/,
  },
  "no-scheduler": {
    change: [["INTERNAL\\SA_SCHEDULER", "CORP\\CARLA"]],
    at: [6, 1],
    tells: /no row lets in INTERNAL\\SA_SCHEDULER/,
  },
  "service-account": {
    change: [["USER, INTERNAL\\SA_SCHEDULER, *, *,", "ADMIN, INTERNAL\\SA_SCHEDULER, *, ,"]],
    at: [6, 1],
    tells: /INTERNAL\\SA_SCHEDULER sees everything: so does anybody who holds the site's certificate/,
  },
  "short-row": { change: [["ANN, *, NORTH,", "ANN, *, NORTH"]], at: [7, 1], tells: /4 cells under 5 names/ },
  "long-row": {
    change: [["SOUTH, NOTE", "SOUTH, NOTE, ORDERNO"]],
    at: [8, 1],
    tells: /6 cells under 5 names: what is too much is dropped/,
  },
  "leftover-copy": {
    change: [["Orders:\n", "Rights:\nLOAD * INLINE [\nACCESS, USERID, CUSTOMER\nUSER, ANN, Alder\n];\nOrders:\n"]],
    at: [18, 1],
    tells: /Rights is a copy of the rights left in the app/,
  },
  "system-field-in-data": {
    change: [
      ["ORDERNO, CUSTOMER, NOTE", "ORDERNO, CUSTOMER, NOTE, SERIAL"],
      ["Alder, late", "Alder, late, 1"],
      ["Birch, new", "Birch, new, 1"],
    ],
    at: [18, 1],
    tells: /Orders has the field SERIAL, a name of section access/,
  },
  "white-space": {
    change: [["USER, *, SALES", "USER, *, SALES\u00a0"]],
    at: [9, 10],
    tells: /GROUP is "SALES\u00a0": a load takes off blanks/,
  },
  "duplicate-row": {
    change: [["USER, CORP\\BEN", "USER, CORP\\ANN, *, NORTH,\nUSER, CORP\\BEN"]],
    at: [8, 1],
    tells: /row 3 of Access says what row 2 says/,
  },
  "invalid-level": {
    change: [["USER, *, SALES", "USERS, *, SALES"]],
    at: [9, 1],
    tells: /ACCESS is USERS, neither ADMIN nor USER/,
  },
  "blank-identity": {
    change: [["USER, *, SALES", "USER, , SALES"]],
    at: [9, 6],
    tells: /USERID is blank and matches nobody/,
  },
  qualified: {
    change: [["Section Access;", "Section Access; QUALIFY *;"]],
    at: [5, 1],
    tells: /QUALIFY is in effect inside section access/,
  },
  "near-system-field": {
    change: [["GROUP, REGION, OMIT", "GROUP, REGION, OMITS"]],
    at: [5, 32],
    tells: /OMITS is not the system field OMIT/,
  },
};

function planted({ change }: Plant): string {
  return change.reduce((script, [from, to]) => {
    assert.ok(script.includes(from), `${from} is not in the script`);
    return script.replace(from, () => to);
  }, clean);
}

describe("lint", () => {
  it("finds nothing in a clean script", () => {
    assert.deepEqual(found(clean), []);
  });

  for (const [rule, plant] of Object.entries(plants)) {
    it(`finds ${rule} where it is planted, and nothing else`, () => {
      const findings = found(planted(plant));
      assert.deepEqual(
        findings.map((finding) => finding.rule),
        [rule],
        JSON.stringify(findings, undefined, 1),
      );
      const [only] = findings;
      assert.match(only?.message ?? "", plant.tells);
      const [line, column] = plant.at;
      assert.deepEqual(only?.place, { file: "orders.qvs", line, column });
    });
  }

  it("rests each rule on a statement of the catalogue", () => {
    for (const { requirement: id } of Object.values(rules)) assert.ok(requirement(id) !== undefined, id);
  });

  it("finds nothing in an app without section access", () => {
    assert.deepEqual(found("Orders: LOAD * INLINE [\nORDERNO\n1\n];"), []);
  });
});
