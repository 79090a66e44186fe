/** Where rows of section access come from: the line in script or file, whatever stands between it and the table. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { accessPlaces } from "../../../analysis/section-access/places.ts";
import { formatPlace } from "../../../contract/errors.ts";
import { reload } from "../../../reload/index.ts";

interface Shown {
  readonly script: string;
  readonly files?: { readonly [path: string]: string };
  /** The user each row names, and where his name stands. */
  readonly wanted: readonly (readonly [user: string, place: string])[];
}

const rights = "ACCESS, USERID, REGION\nUSER, CORP\\ANN, NORTH\n\nUSER, CORP\\BEN, SOUTH\n";
const tabs = "Rights of the trading company\nACCESS\tUSERID\nUSER\tCORP\\ANN\n# gone: CORP\\DAN\nUSER\tCORP\\BEN\n";

const cases: { readonly [title: string]: Shown } = {
  "inline data with a blank line": {
    script: `Section Access;\nLOAD * INLINE [\n${rights}];`,
    wanted: [
      ["CORP\\ANN", "app.qvs:4:7"],
      ["CORP\\BEN", "app.qvs:6:7"],
    ],
  },
  "a load that renames, raises and leaves rows out": {
    script: `Section Access;\nLOAD ACCESS, Upper(NAME) AS USERID INLINE [\nNAME, ACCESS, IN\nCorp\\ann, USER, 0\nCorp\\ben, USER, 1\n] WHERE IN = 1;`,
    wanted: [["CORP\\BEN", "app.qvs:5:1"]],
  },
  "a stack of loads": {
    script: `Section Access;\nLOAD ACCESS, Upper(WHO) AS USERID;\nLOAD ACCESS, USERID AS WHO INLINE [\n${rights}];`,
    wanted: [
      ["CORP\\ANN", "app.qvs:5:7"],
      ["CORP\\BEN", "app.qvs:7:7"],
    ],
  },
  "rights staged in a table of the application": {
    script: `Staged:\nLOAD * INLINE [\n${rights}];\nSection Access;\nLOAD ACCESS, USERID RESIDENT Staged;\nSection Application;\nDROP TABLE Staged;`,
    wanted: [
      ["CORP\\ANN", "app.qvs:4:7"],
      ["CORP\\BEN", "app.qvs:6:7"],
    ],
  },
  "two loads that concatenate": {
    script: `Section Access;\nA: LOAD * INLINE [\n${rights}];\nLOAD * INLINE [\nACCESS, USERID, REGION\nADMIN, CORP\\CARLA,\n];`,
    wanted: [
      ["CORP\\ANN", "app.qvs:4:7"],
      ["CORP\\BEN", "app.qvs:6:7"],
      ["CORP\\CARLA", "app.qvs:10:8"],
    ],
  },
  "a file with a header, tabs and a comment": {
    script:
      "Section Access;\nLOAD * FROM [lib://Data/rights.txt] (txt, utf8, embedded labels, delimiter is '\\t', header is 1 lines, comment is '#');",
    files: { "lib://Data/rights.txt": tabs },
    wanted: [
      ["CORP\\ANN", "lib://Data/rights.txt:3:6"],
      ["CORP\\BEN", "lib://Data/rights.txt:5:6"],
    ],
  },
  "a file with quoted cells over several lines": {
    script:
      "Section Access;\nLOAD ACCESS, USERID FROM [lib://Data/rights.csv] (txt, utf8, embedded labels, delimiter is ',');",
    files: {
      "lib://Data/rights.csv": '\uFEFFNOTE,ACCESS,USERID\r\n"of\r\nold",USER,CORP\\ANN\r\n"a, b",USER,CORP\\BEN\r\n',
    },
    wanted: [
      ["CORP\\ANN", "lib://Data/rights.csv:3:11"],
      ["CORP\\BEN", "lib://Data/rights.csv:4:13"],
    ],
  },
  "columns without names": {
    script:
      "Section Access;\nLOAD @1 AS ACCESS, @2 AS USERID FROM [lib://Data/rights.csv] (txt, utf8, no labels, delimiter is ',');",
    files: { "lib://Data/rights.csv": "USER,CORP\\ANN\n" },
    wanted: [["CORP\\ANN", "lib://Data/rights.csv:1:6"]],
  },
  "a load inside a subroutine": {
    script: `Sub Rights\nLOAD * INLINE [\n${rights}];\nEnd Sub\nSection Access;\nCall Rights;`,
    wanted: [
      ["CORP\\ANN", ""],
      ["CORP\\BEN", ""],
    ],
  },
  "rows made distinct, which keep no line": {
    script: `Section Access;\nLOAD DISTINCT ACCESS, USERID INLINE [\n${rights}];`,
    wanted: [
      ["CORP\\ANN", ""],
      ["CORP\\BEN", ""],
    ],
  },
  "rows made by no source": {
    script: "Section Access;\nLOAD 'USER' AS ACCESS, 'CORP\\ANN' AS USERID AUTOGENERATE 1;",
    wanted: [["CORP\\ANN", ""]],
  },
};

describe("the place of a row of section access", () => {
  for (const [title, { script, files = {}, wanted }] of Object.entries(cases)) {
    it(`is right for ${title}`, () => {
      const source = { script, file: "app.qvs", files: (path: string) => files[path] };
      const { access = [] } = reload(script, source);
      const { cellAt } = accessPlaces(source, access);
      const [table] = access;
      const column = table?.fields.indexOf("USERID") ?? -1;
      const found = (table?.rows ?? []).map((row, at) => [row[column], formatPlace(cellAt(0, at, "USERID") ?? {})]);
      assert.deepEqual(found, wanted);
    });
  }

  it("is that of the label for a field as a whole, as written", () => {
    const script = "Section Access;\nLOAD * INLINE [\nAccess, UserId, Region\nUSER, CORP\\ANN, NORTH\n];";
    const source = { script, file: "app.qvs", files: () => undefined };
    const { labelAt, cellAt } = accessPlaces(source, reload(script, source).access ?? []);
    assert.equal(formatPlace(labelAt(0, "REGION") ?? {}), "app.qvs:3:17");
    assert.equal(formatPlace(cellAt(0, 0, "REGION") ?? {}), "app.qvs:4:17");
  });
});
