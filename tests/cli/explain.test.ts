/** `explain` as a person calls it: access, rows and fields of the trading example, places, and what is asked wrongly. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { answered, assertOneLine, folder, root, said } from "./command.ts";

const site = join(root, "examples", "trading");
const orders = join(site, "apps", "7ead1400-0000-4000-8000-000000000401.qvs");
const byScript = ["--script", orders, "--data", `Data=${join(site, "data")}`];

async function explained(...words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await said("explain", ...byScript, ...words);
  assert.deepEqual([code, stderr], [0, ""]);
  return stdout;
}

describe("explain", () => {
  it("tells the row that applies with its line in the CSV, and what it selects", async () => {
    const text = await explained("--user", "CORP\\ben");
    assert.match(text, /^CORP\\ben {2}access granted \(USER\)$/m);
    assert.match(text, /^ {2}applies: row 2 of Access \(lib:\/\/Data\/access\.csv:3:1\)$/m);
    assert.match(text, /^ {2}REGION {2}SOUTH {2}from South in row 2 of Access \(lib:\/\/Data\/access\.csv:3:15\)$/im);
    assert.match(
      text,
      /^ {2}smallest change that makes it denied: in row 2 of Access .* change REGION from SOUTH to blank \(tried: it does\)$/m,
    );
  });

  it("tells a refused user the rows that come nearest", async () => {
    const text = await explained("--user", "CORP2\\ann");
    assert.match(text, /^ {2}refused: no row of section access applies to him$/m);
    assert.match(text, /^ {4}SA-ROW-06 {2}no row names CORP2\\ann$/m);
    assert.match(
      text,
      /^ {4}near: row 1 of Access \(.*:2:1\), whose USERID is CORP\\ANN: "CORP\\\\ANN" is nearly CORP2\\ann$/m,
    );
    assert.match(text, /change USERID from CORP\\ANN to CORP2\\ANN \(tried: it does\)$/m);
  });

  it("tells the links by which a row is stopped, and the change that lets it through", async () => {
    const text = await explained("--user", "CORP\\ben", "--table", "Orders", "--row", "1");
    assert.match(text, /^ {2}Orders row 1 \(1001, Alder Foods, 120\) {2}stopped by REGION$/m);
    assert.match(
      text,
      /^ {4}Orders row 1 –\[CUSTOMER Alder Foods\]– Customers row 1: REGION NORTH, no row allows it$/m,
    );
    assert.match(
      text,
      /^ {2}smallest change that makes it shown: .* change REGION from SOUTH to NORTH \(tried: it does\)$/m,
    );
  });

  it("finds rows by their values, and says of a value nobody lists that nobody does", async () => {
    const text = await explained("--user", "CORP\\dan", "--where", "CUSTOMER=Dogwood Glass", "--table", "Orders");
    assert.match(text, /SA-RED-07 {2}no row of section access lists REGION WEST$/m);
    const island = await explained("--user", "CORP\\dan", "--where", "CURRENCY=EUR");
    assert.match(island, /SA-PRP-03 {2}Currencies associates with no reduced field and stays whole$/m);
  });

  it("tells the OMIT cells that hide a field, of an app of a site, for a user the site knows the groups of", async () => {
    const words = ["--site", site, "--app", "Payroll", "--user", "CORP\\erin", "--field", "SALARY"];
    const { code, stdout } = await said("explain", ...words);
    assert.equal(code, 0);
    assert.match(stdout, /^ {4}OMIT SALARY in row 2 of Hidden \(.*000402\.qvs:16:6\)$/m);
  });

  it("prints JSON: an object a user and question, places as data, changes that were verified", async () => {
    const [told, ...others] = (await answered(
      "explain",
      ...byScript,
      "--user",
      "CORP\\ben",
      "--where",
      "ORDERNO=1004",
    )) as {
      readonly user: string;
      readonly applies: readonly { readonly place: object }[];
      readonly row: { readonly shown: boolean; readonly letThrough: readonly { readonly path: readonly object[] }[] };
      readonly flip: {
        readonly to: string;
        readonly complete: boolean;
        readonly changes: readonly { readonly verified: boolean }[];
      };
    }[];
    assert.equal(others.length, 0);
    assert.ok(told !== undefined);
    assert.deepEqual(told.applies[0]?.place, { file: "lib://Data/access.csv", line: 3, column: 1 });
    assert.deepEqual(
      [told.user, told.row.shown, told.flip.to, told.flip.complete],
      ["CORP\\ben", true, "not shown", true],
    );
    assert.deepEqual(told.row.letThrough[0]?.path, [
      { table: "Orders", row: 4, via: {} },
      { table: "Customers", row: 3, via: { CUSTOMER: "Cedar Paper" } },
    ]);
    assert.ok(told.flip.changes.length > 0 && told.flip.changes.every(({ verified }) => verified));
  });

  it("says of an app without section access that no right can change anything", async () => {
    const { stdout } = await said("explain", "--site", site, "--app", "Price list", "--user", "CORP\\ann");
    assert.match(stdout, /^CORP\\ann {2}access granted \(OPEN\)$/m);
    assert.match(stdout, /^ {2}the app has no section access: there are no rights to change$/m);
  });

  it("explains everybody of a site when nobody is named", async () => {
    const told = (await answered("explain", "--site", site, "--app", "Orders")) as readonly { readonly user: string }[];
    assert.ok(told.length >= 6 && new Set(told.map(({ user }) => user)).size === told.length);
  });

  const broken = join(folder({ "broken.qvs": "Section Access;\nLOAD * INLINE [\nACCESS\n;" }), "broken.qvs");
  const user = ["--user", "CORP\\ann"];
  const wrong: { readonly [title: string]: readonly [words: readonly string[], tells: RegExp] } = {
    "no script": [user, /--script is missing; expected FILE/],
    nobody: [byScript, /no user is named; expected --user/],
    "a broken script": [["--script", broken, ...user], /broken\.qvs:2:15: /],
    "a missing user file": [[...byScript, "--users", "none.csv"], /none\.csv: there is no such file/],
    "an unknown flag": [[...byScript, "--why"], /unknown option '--why'/],
    "a row past the end": [
      [...byScript, ...user, "--table", "Orders", "--row", "6"],
      /--row 6; expected a whole number from 1 to 5/,
    ],
    "row nought": [
      [...byScript, ...user, "--table", "Orders", "--row", "0"],
      /--row 0; expected a whole number from 1/,
    ],
    "an unknown table": [
      [...byScript, ...user, "--table", "orders", "--row", "1"],
      /no table "orders"; expected one of Customers, Orders, Currencies/,
    ],
    "an unknown field": [[...byScript, ...user, "--field", "SALARY"], /no field "SALARY"; expected one of CUSTOMER, /],
    "a table without a row": [
      [...byScript, ...user, "--table", "Orders"],
      /--table says no row; expected --row N or --where/,
    ],
    "a row without a table": [[...byScript, ...user, "--row", "1"], /--row goes with --table/],
    "a field and a table": [
      [...byScript, ...user, "--field", "RATE", "--table", "Orders"],
      /--field goes without --table/,
    ],
    "a condition without a value": [
      [...byScript, ...user, "--where", "REGION"],
      /--where REGION; expected FIELD=VALUE/,
    ],
    "a value no row has": [
      [...byScript, ...user, "--where", "REGION=EAST"],
      /no row has REGION=EAST; expected values of the data/,
    ],
    "a site and a script": [["--site", site, ...byScript, ...user], /--site and --script exclude each other/],
    "a site without an app": [["--site", site, ...user], /--app is missing; expected ID/],
    "an app without a site": [[...byScript, "--app", "Orders", ...user], /--app goes with --site/],
    "an unknown app": [
      ["--site", site, "--app", "None", ...user],
      /the site has no script of an app "None"; .*name one of 7ead/,
    ],
    "a group of nobody": [["--site", site, "--app", "Orders", "--group", "Sales"], /no user is named/],
  };
  for (const [title, [words, tells]] of Object.entries(wrong)) {
    it(`tells in one line: ${title}`, async () => {
      const answer = await said("explain", ...words);
      assertOneLine(answer);
      assert.match(answer.stderr, tells);
    });
  }
});
