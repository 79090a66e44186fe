/** Wrongs of the engine that show in what a script loads. */

export interface Scripted {
  readonly script: string;
  readonly files?: { readonly [path: string]: string };
  /** Script of the app that a BINARY statement names. */
  readonly binary?: string;
  /** Ann unless said. */
  readonly user?: string;
  /** Table names are looked at instead of rows. */
  readonly tables?: true;
  readonly correct: string;
}

const data = "Sales: LOAD * INLINE [\nREGION, AMOUNT\nNORTH, 1\nSOUTH, 2\n];";

function access(rows: string, header = "ACCESS, USERID, REGION"): string {
  return `Section Access;\nLOAD * INLINE [\n${header}\n${rows}\n];\nSection Application;\n`;
}

const north = access("USER, TRADING\\ANN, NORTH");

export const scripted: { readonly [defect: string]: Scripted } = {
  "binary-anywhere": { script: `${data}\nBINARY orders;`, binary: data, correct: "fails" },
  "binary-without-rights": {
    script: "Binary orders;",
    binary: north + data,
    user: "TRADING\\ben",
    correct: "denied",
  },
  "branches-first-only": {
    script: `IF 1 = 2 THEN\nT: LOAD 1 AS A AUTOGENERATE 1;\nELSE\nT: LOAD 2 AS A AUTOGENERATE 1;\nEND IF`,
    correct: "A: 2",
  },
  "control-lines-need-semicolons": { script: "n=3\nT: LOAD $(n) AS A AUTOGENERATE 1;", correct: "A: 3" },
  "guards-ignored": {
    script: `n = 2;\n${data}\nWHEN n = 1 DROP FIELD AMOUNT;`,
    correct: "REGION AMOUNT: NORTH 1 | SOUTH 2",
  },
  "includes-skipped": {
    script: "$(Must_Include=lib://Data/sales.qvs);",
    files: { "lib://Data/sales.qvs": data },
    correct: "REGION AMOUNT: NORTH 1 | SOUTH 2",
  },
  "script-error-unset": {
    script:
      "SET ErrorMode=0;\nX: LOAD A FROM [lib://Data/none.csv] (txt);\nT: LOAD ScriptError > 0 AS E AUTOGENERATE 1;",
    correct: "E: -1",
  },
  "subroutine-keeps-arguments": {
    script: "SUB raise (v)\nLET v = v + 1;\nEND SUB\nLET n = 1;\nCALL raise(n);\nT: LOAD $(n) AS A AUTOGENERATE 1;",
    correct: "A: 2",
  },
  "bracket-ends-inline-data": { script: 'T: LOAD * INLINE "\nA\nx]y\n";', correct: "A: x]y" },
  "header-behind-bracket-lost": { script: "T: LOAD * INLINE [A, B\n1, 2\n3, 4\n];", correct: "A B: 1 2 | 3 4" },
  "aliases-seen-at-once": { script: "T: LOAD A AS B, B AS C INLINE [\nA, B\n1, 2\n];", correct: "B C: 1 2" },
  "preceding-loads-dropped": {
    script: "T:\nLOAD *, N + 1 AS M;\nLOAD RecNo() AS N AUTOGENERATE 1;",
    correct: "N M: 1 2",
  },
  "numbers-compared-as-texts": { script: "T: LOAD * INLINE [\nA\n9\n10\n] WHERE A < 10;", correct: "A: 9" },
  "force-ignored": { script: "FORCE CASE UPPER;\nT: LOAD * INLINE [\nA\nnorth\n];", correct: "A: NORTH" },
  "other-symbol-ignored": {
    script: `SET OtherSymbol='+';\n${data}\nPlan: LOAD * INLINE [\nREGION, PLAN\nNORTH, 5\n+, 6\n];`,
    correct: "REGION AMOUNT: NORTH 1 | SOUTH 2; REGION PLAN: NORTH 5 | SOUTH 6",
  },
  "hierarchy-without-ancestors": {
    script:
      "Tree: HierarchyBelongsTo (ID, UP, NAME, TREE, TREE_NAME) LOAD * INLINE [\nID, UP, NAME\n1, , CEO\n2, 1, Sales\n];\nT: LOAD ID, TREE_NAME RESIDENT Tree;\nDROP TABLE Tree;",
    correct: "ID TREE_NAME: 1 CEO | 2 Sales | 2 CEO",
  },
  "section-access-ignored": { script: north + data, user: "TRADING\\ben", correct: "denied" },
  "only-inline-rights": {
    script: `Section Access;\nLOAD * FROM [lib://Rights/rights.csv] (txt, utf8, embedded labels);\nSection Application;\n${data}`,
    files: { "lib://Rights/rights.csv": "ACCESS,USERID,REGION\nUSER,TRADING\\ANN,NORTH\n" },
    correct: "REGION AMOUNT: NORTH 1",
  },
  "first-access-table-only": {
    script: `${access("USER, TRADING\\ANN, P1", "ACCESS, USERID, PROFILE").replace("Section Application;\n", "")}LOAD * INLINE [\nPROFILE, REGION\nP1, NORTH\nP2, SOUTH\n];\nSection Application;\n${data}`,
    correct: "REGION AMOUNT: NORTH 1",
  },
  "rights-shown-as-data": { script: north + data, correct: "REGION AMOUNT: NORTH 1" },
  "rights-copy-hidden": {
    script: `${north}Rights: LOAD * INLINE [\nACCESS, REGION\nUSER, NORTH\nUSER, SOUTH\n];\n`,
    correct: "ACCESS REGION: USER NORTH",
  },
  "loosened-table-reduced": {
    script: `${north}${data}\nCities: LOAD * INLINE [\nAMOUNT, CITY\n1, Umea\n2, Rome\n];\nLoosen Table Cities;`,
    correct: "REGION AMOUNT: NORTH 1; AMOUNT CITY: 1 Umea | 2 Rome",
  },
  "star-needs-declaring": {
    script: access("USER, TRADING\\ANN, *\nUSER, TRADING\\BEN, NORTH") + data,
    correct: "REGION AMOUNT: NORTH 1",
  },
  "all-means-star": {
    script: access("USER, TRADING\\ANN, ALL\nUSER, TRADING\\BEN, NORTH") + data,
    correct: "denied",
  },
  "blanks-kept": { script: access("USER ,  TRADING\\ANN , NORTH ") + data, correct: "REGION AMOUNT: NORTH 1" },
  "empty-cell-is-null": { script: "T: LOAD * INLINE [\nA, B\n1,\n];", correct: "A B: 1 " },
  "field-case-ignored": {
    script: north + data.replace("REGION", "Region"),
    correct: "Region AMOUNT: NORTH 1 | SOUTH 2",
  },
  "concatenate-ignored": {
    script: `${data}\nMore: CONCATENATE (Sales) LOAD * INLINE [\nREGION\nWEST\n];`,
    correct: "REGION AMOUNT: NORTH 1 | SOUTH 2 | WEST null",
  },
  "join-ignored": {
    script: `${data}\nLEFT JOIN (Sales) LOAD * INLINE [\nREGION, BOSS\nNORTH, Ann\nSOUTH, Ben\n];`,
    correct: "REGION AMOUNT BOSS: NORTH 1 Ann | SOUTH 2 Ben",
  },
  "section-marks-run": {
    script: "///$tab U: LOAD 2 AS B AUTOGENERATE 1;\nT: LOAD 1 AS A AUTOGENERATE 1;",
    correct: "A: 1",
  },
  "exists-reads-values": {
    script: `${data}\nPlan: LOAD AREA INLINE [\nAREA\nSOUTH\nEAST\n] WHERE Exists('REGION', AREA);\nDROP TABLE Sales;`,
    correct: "AREA: SOUTH",
  },
  "nulls-swallow-texts": { script: "T: LOAD 'x' & Null() AS A AUTOGENERATE 1;", correct: "A: x" },
  "remarks-run": { script: `${data}\nREM DROP FIELD AMOUNT;`, correct: "REGION AMOUNT: NORTH 1 | SOUTH 2" },
  "tables-kept-apart": {
    script: `${data}\nMore:\nLOAD * INLINE [\nREGION, AMOUNT\nWEST, 3\n];`,
    correct: "REGION AMOUNT: NORTH 1 | SOUTH 2 | WEST 3",
  },
  "double-quotes-are-text": { script: 'T: LOAD "A" AS B INLINE [\nA\n1\n];', correct: "B: 1" },
  "quotes-unread": {
    script: "T: LOAD * FROM [lib://Data/a.csv] (txt, utf8, embedded labels, delimiter is ',', msq);",
    files: { "lib://Data/a.csv": 'A,B\n"x,y",1\n' },
    correct: "A B: x,y 1",
  },
  "qualify-ignored": { script: `QUALIFY AMOUNT;\n${data}`, correct: "REGION Sales.AMOUNT: NORTH 1 | SOUTH 2" },
  "drop-and-rename-ignored": { script: `${data}\nDROP FIELD AMOUNT;`, correct: "REGION: NORTH | SOUTH" },
  "map-not-applied": {
    script: `Bosses: MAPPING LOAD * INLINE [\nR, B\nNORTH, Ann\n];\nT: LOAD ApplyMap('Bosses', REGION, 'nobody') AS BOSS INLINE [\nREGION\nNORTH\n];`,
    correct: "BOSS: Ann",
  },
  "autogenerate-one-short": { script: "T: LOAD RecNo() AS N AUTOGENERATE 3;", correct: "N: 1 | 2 | 3" },
  "where-ignored": {
    script: `${data}\nBig: LOAD AMOUNT AS BIG RESIDENT Sales WHERE AMOUNT > 1;\nDROP TABLE Sales;`,
    correct: "BIG: 2",
  },
  "distinct-ignored": {
    script: "T: LOAD DISTINCT * INLINE [\nREGION\nNORTH\nNORTH\n];",
    correct: "REGION: NORTH",
  },
  "labels-ignored": { script: data, tables: true, correct: "Sales" },
  "let-is-set": {
    script: "LET n = 1 + 1;\nT: LOAD $(n) * 2 AS N AUTOGENERATE 1;\nU: LOAD '$(n)' AS M AUTOGENERATE 1;",
    correct: "N: 4; M: 2",
  },
  "exit-ignored": {
    script: `${data}\nEXIT SCRIPT;\nMore: LOAD 1 AS MORE AUTOGENERATE 1;`,
    correct: "REGION AMOUNT: NORTH 1 | SOUTH 2",
  },
  "variables-not-expanded": {
    script: "SET r = NORTH;\nT: LOAD '$(r)' AS REGION AUTOGENERATE 1;",
    correct: "REGION: NORTH",
  },
  "delimiter-ignored": {
    script: "T: LOAD * INLINE [\nA;B\n1;2\n] (txt, delimiter is ';');",
    correct: "A B: 1 2",
  },
  "number-lost": { script: "T: LOAD * INLINE [\nA\n01\n];", correct: "A: 1 as 01" },
  "upper-keeps-numbers": {
    script: `${access("USER, TRADING\\ANN, 1", "ACCESS, USERID, CODE")}T: LOAD Upper(N) AS CODE INLINE [\nN\n1\n2\n];`,
    correct: "denied",
  },
  "nulls-link": {
    script: `${data}\nCONCATENATE (Sales) LOAD * INLINE [\nAMOUNT\n3\n];`,
    correct: "REGION AMOUNT: NORTH 1 | SOUTH 2 | null 3",
  },
};
