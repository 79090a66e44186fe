import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { answered, folder, ran, root, said } from "./command.ts";

const examples = join(root, "tests", "reload", "worked-examples");

type Row = readonly unknown[];

interface Reduced {
  readonly user: string;
  readonly access: "granted" | "denied";
  readonly level?: string;
  readonly omitted?: readonly string[];
  readonly tables?: { readonly [name: string]: { readonly fields: readonly string[]; readonly rows: readonly Row[] } };
  readonly because: readonly { readonly requirement: string; readonly evidence: string }[];
}

/** Sense matches `DIRECTORY\\id`: ids the pages give alone get the directory CORP. */
function withDirectory(script: string): string {
  return script.replaceAll(/^(\s*(?:USER|ADMIN)\s*,\s*)([^\\,*]+)(?=,)/gm, "$1CORP\\$2");
}

async function reduced(example: string, ...words: readonly string[]): Promise<readonly Reduced[]> {
  const script = withDirectory(readFileSync(join(examples, `${example}.qvs`), "utf8"));
  const file = join(folder({ "app.qvs": script }), "app.qvs");
  return (await answered("reduce", "--script", file, ...words)) as readonly Reduced[];
}

/** The one application table as `FIELD,FIELD: row row`, or `denied`. */
function seen(answer: Reduced | undefined): string {
  assert.ok(answer !== undefined);
  if (answer.access === "denied") return "denied";
  const [table, ...others] = Object.values(answer.tables ?? {});
  assert.ok(table !== undefined && others.length === 0);
  return `${table.fields.join(",")}: ${table.rows.map((row) => row.map(String).join("")).join(" ")}`;
}

interface Line {
  readonly user: string;
  readonly sees: string;
}

interface Page {
  readonly example: string;
  readonly page: string;
  readonly words?: readonly string[];
  readonly lines: readonly Line[];
}

const t1 = "ALPHA,NUM,REDUCTION";
const all = `${t1}: A11 B22 C33`;

/** Section access §12, transcribed table by table; ids the pages give without a directory are of CORP here. */
const pages: readonly Page[] = [
  {
    example: "we-1",
    page: "WE-1: help, Sense 1.1, dynamic data reduction",
    lines: [
      { user: "AD_DOMAIN\\ADMIN", sees: all },
      { user: "AD_DOMAIN\\A", sees: `${t1}: A11` },
      { user: "AD_DOMAIN\\B", sees: "ALPHA,REDUCTION: B2" },
      { user: "AD_DOMAIN\\C", sees: "NUM,REDUCTION: 33" },
      { user: "INTERNAL\\SA_SCHEDULER", sees: all },
      { user: "AD_DOMAIN\\D", sees: "denied" },
    ],
  },
  {
    example: "we-2",
    page: "WE-2: help, client-managed 2021",
    lines: [
      { user: "AD_DOMAIN\\ADMIN", sees: all },
      { user: "AD_DOMAIN\\A", sees: `${t1}: A11` },
      { user: "AD_DOMAIN\\B", sees: `${t1}: B22` },
      { user: "AD_DOMAIN\\C", sees: `${t1}: C33` },
      { user: "INTERNAL\\SA_SCHEDULER", sees: all },
    ],
  },
  {
    example: "we-3",
    page: "WE-3: help, cloud",
    lines: [
      { user: "CORP\\USER1@EXAMPLE.COM", sees: `${t1}: A11 B22` },
      { user: "CORP\\USER2@EXAMPLE.COM", sees: `${t1}: A11` },
      { user: "CORP\\USER3@EXAMPLE.COM", sees: `${t1}: B22` },
      { user: "CORP\\USER4@EXAMPLE.COM", sees: all },
    ],
  },
  {
    example: "we-4",
    page: "WE-4: help, OMIT and the star",
    lines: [
      { user: "CORP\\ADMIN", sees: "SALES,WAREHOUSE,EMPLOYEES,ORDERS: 1234" },
      { user: "CORP\\USER1", sees: "WAREHOUSE,EMPLOYEES,ORDERS: 234" },
      { user: "CORP\\USER2", sees: "SALES,EMPLOYEES,ORDERS: 134" },
      { user: "CORP\\USER3", sees: "SALES,WAREHOUSE,ORDERS: 124" },
      { user: "CORP\\USER4", sees: "EMPLOYEES,ORDERS: 34" },
      { user: "CORP\\USER5", sees: "ORDERS: 4" },
    ],
  },
  {
    example: "we-5",
    page: "WE-5: strict exclusion in Sense",
    lines: [
      { user: "CORP\\Anna", sees: "BRANCH: A B" },
      { user: "CORP\\Mary", sees: "BRANCH: A" },
      { user: "CORP\\Erica", sees: "denied" },
    ],
  },
  {
    example: "we-5",
    page: "WE-5: no strict exclusion in QlikView",
    words: ["--dialect", "qlikview-desktop"],
    lines: [{ user: "CORP\\Erica", sees: "BRANCH: A B" }],
  },
  {
    example: "we-11",
    page: "WE-11: OMIT in a table of its own",
    lines: [
      { user: "CORP\\ADMIN", sees: "EmpID,Name,Salary,Absence: 1Ann40002 2Ben35000" },
      { user: "CORP\\USER1", sees: "EmpID,Name,Salary,Absence: 1Ann40002 2Ben35000" },
      { user: "CORP\\USER2", sees: "EmpID,Name,Absence: 1Ann2 2Ben0" },
      { user: "CORP\\USER3", sees: "EmpID,Name: 1Ann 2Ben" },
      { user: "CORP\\USER4", sees: "EmpID,Name,Salary: 1Ann4000 2Ben3500" },
    ],
  },
];

/** WE-8, who is in which groups. */
const groupLines: readonly (Line & { readonly groups: readonly string[] })[] = [
  { user: "CORP\\root", groups: ["ADMIN"], sees: all },
  { user: "CORP\\ann", groups: ["A"], sees: `${t1}: A11` },
  { user: "CORP\\ben", groups: ["B"], sees: "ALPHA,REDUCTION: B2" },
  { user: "CORP\\carla", groups: ["C"], sees: "NUM,REDUCTION: 33" },
  { user: "CORP\\dora", groups: ["GROUP1"], sees: `${t1}: C33` },
  { user: "CORP\\emil", groups: ["A", "GROUP1"], sees: `${t1}: A11 C33` },
  { user: "CORP\\frida", groups: ["C", "GROUP1"], sees: "NUM,REDUCTION: 33" },
  { user: "CORP\\gus", groups: [], sees: "denied" },
  { user: "INTERNAL\\sa_scheduler", groups: [], sees: all },
];

const usersCsv = [
  "user,group",
  ...groupLines.flatMap(({ user, groups }) =>
    groups.length === 0 ? [user] : groups.map((group) => `${user},${group}`),
  ),
].join("\n");

const usersJson = JSON.stringify(
  groupLines.map(({ user, groups }, index) => ({
    id: `7ead1400-0000-4000-8000-${String(index).padStart(12, "0")}`,
    userDirectory: user.split("\\")[0],
    userId: user.split("\\")[1],
    attributes: groups.map((group) => ({ attributeType: "Group", attributeValue: group })),
  })),
);

const rightsCsv = [
  "ACCESS;USERID;COUNTRY;PRODUCTGROUP",
  "USER;corp\\markus;GERMANY;MACHINES",
  "USER;corp\\markus;FRANCE;FOOD",
  "NOBODY;corp\\ann;GERMANY;FOOD",
].join("\n");

describe("reduce", () => {
  for (const { example, page, words = [], lines } of pages) {
    it(`shows each user what the page says: ${page}`, async () => {
      const answers = await reduced(example, ...words, ...lines.flatMap(({ user }) => ["--user", user]));
      assert.deepEqual(
        answers.map((answer) => [answer.user, seen(answer)]),
        lines.map(({ user, sees }) => [user, sees]),
      );
    });
  }

  it("shows members of groups what WE-8 says, from a CSV of several rows a user", async () => {
    const answers = await reduced("we-8", "--users", join(folder({ "people.csv": usersCsv }), "people.csv"));
    assert.deepEqual(
      answers.map(seen),
      groupLines.map(({ sees }) => sees),
    );
  });

  it("shows members of groups the same from QRS users, and from a CSV with BOM and CRLF", async () => {
    const files = folder({ "users.json": usersJson, "people.csv": `\uFEFF${usersCsv.replaceAll("\n", "\r\n")}` });
    for (const file of ["users.json", "people.csv"]) {
      const answers = await reduced("we-8", "--users", join(files, file));
      assert.deepEqual(
        answers.map(seen),
        groupLines.map(({ sees }) => sees),
        file,
      );
    }
  });

  it("gives users named on the command line the groups named there", async () => {
    const answers = await reduced("we-8", "--user", "CORP\\emil", "--group", "A", "--group", "GROUP1");
    assert.deepEqual(answers.map(seen), [`${t1}: A11 C33`]);
  });

  it("reads the files a script names from the folder given, and shows Markus all four combinations of WE-7", async () => {
    const data = folder({ "rights.csv": rightsCsv });
    const [markus, ann] = await reduced(
      "we-7",
      "--data",
      `Data=${data}`,
      "--user",
      "CORP\\Markus",
      "--user",
      "CORP\\ann",
    );
    assert.deepEqual(markus?.tables?.["Facts"]?.rows, [
      ["GERMANY", "MACHINES", "GERMANY|MACHINES"],
      ["GERMANY", "FOOD", "GERMANY|FOOD"],
      ["FRANCE", "MACHINES", "FRANCE|MACHINES"],
      ["FRANCE", "FOOD", "FRANCE|FOOD"],
    ]);
    assert.equal(ann?.access, "denied");
  });

  it("prints JSON in the public shape: keys in order, duals as {n,t}, a refused user as data", async () => {
    const script = [
      "Section Access; LOAD * INLINE [",
      "ACCESS,USERID,REGION,OMIT",
      "USER,CORP\\ANN,NORTH,NOTE",
      "]; Section Application;",
      "Orders: LOAD REGION, Dual('2024-01-01', 45292) AS DAY, AMOUNT, If(AMOUNT > 1, Null(), 'x') AS GAP, 1 AS NOTE INLINE [",
      "REGION,AMOUNT",
      "NORTH,1.5",
      "SOUTH,7",
      "];",
    ].join("\n");
    const file = join(folder({ "app.qvs": script }), "app.qvs");
    const [ann, ben] = (await answered(
      "reduce",
      "--script",
      file,
      "--user",
      "CORP\\ann",
      "--user",
      "CORP\\ben",
    )) as Reduced[];
    assert.ok(ann !== undefined && ben !== undefined);
    assert.deepEqual(Object.keys(ann), ["user", "access", "level", "omitted", "tables", "because"]);
    assert.deepEqual(
      { ...ann, because: [] },
      {
        user: "CORP\\ann",
        access: "granted",
        level: "USER",
        omitted: ["NOTE"],
        tables: {
          Orders: {
            fields: ["REGION", "DAY", "AMOUNT", "GAP"],
            rows: [["NORTH", { n: 45292, t: "2024-01-01" }, 1.5, null]],
          },
        },
        because: [],
      },
    );
    assert.deepEqual(Object.keys(ben), ["user", "access", "because"]);
    assert.equal(ben.access, "denied");
    for (const { because } of [ann, ben]) {
      assert.ok(because.length > 0);
      for (const reason of because) assert.deepEqual(Object.keys(reason), ["requirement", "evidence"]);
    }
  });

  it("says the same to a person, in a process of its own with nothing on stderr", async () => {
    const { code, stdout, stderr } = await ran(
      "reduce",
      "--script",
      join(examples, "we-1.qvs"),
      "--user",
      "AD_DOMAIN\\B",
      "--user",
      "AD_DOMAIN\\D",
    );
    assert.equal(stderr, "");
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^AD_DOMAIN\\B {2}access granted \(USER, without NUM\)\n {2}T1: 1 row\n {4}ALPHA {2}REDUCTION\n/,
    );
    assert.match(stdout, /^AD_DOMAIN\\D {2}access denied\n {2}SA-/m);
  });

  it("reads a script with BOM, CRLF and in UTF-16 like any other", async () => {
    const text = readFileSync(join(examples, "we-1.qvs"), "utf8");
    const files = folder({
      "bom.qvs": `\uFEFF${text.replaceAll("\n", "\r\n")}`,
      "utf-16.qvs": Buffer.from(`\uFEFF${text}`, "utf16le"),
    });
    const plain = await said("reduce", "--script", join(examples, "we-1.qvs"), "--user", "AD_DOMAIN\\A", "--json");
    for (const file of ["bom.qvs", "utf-16.qvs"]) {
      assert.deepEqual(await said("reduce", "--script", join(files, file), "--user", "AD_DOMAIN\\A", "--json"), plain);
    }
  });
});
