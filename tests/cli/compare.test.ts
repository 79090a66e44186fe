/** `compare` as a person calls it: text by people, CSV, JSON, approvals, exit codes. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { assertOneLine, folder, root, said } from "./command.ts";

function script(rights: readonly string[]): string {
  return [
    "Section Access;",
    "Access: LOAD * INLINE [",
    "ACCESS, USERID, GROUP, REGION, OMIT",
    ...rights,
    "];",
    "Section Application;",
    "Orders: LOAD * INLINE [",
    "ORDERNO, REGION, AMOUNT",
    "1, NORTH, 10",
    "2, SOUTH, 20",
    "3, SOUTH, 30",
    "4, WEST, 40",
    "];",
  ].join("\n");
}

const members = ["ann", "ben", "carla"].map((name) => `CORP\\${name},Sales`);
const north = "USER, *, SALES, NORTH, AMOUNT";

const place = folder({
  "before.qvs": script([north, "USER, CORP\\DAN, *, WEST,"]),
  "south.qvs": script([north, "USER, *, SALES, SOUTH, AMOUNT", "USER, CORP\\DAN, *, WEST,"]),
  "amount.qvs": script(["USER, *, SALES, NORTH,", "USER, CORP\\DAN, *, WEST,"]),
  "dan.qvs": script([north]),
  "people.csv": ["user,group", ...members, "CORP\\dan,", "CORP\\erin,"].join("\n"),
  "without-ben.csv": ["user,group", ...members.filter((line) => !line.includes("ben")), "CORP\\dan,"].join("\n"),
  "approved.json": JSON.stringify({
    approved: [{ group: "sales", gain: "rows", table: "Orders", reason: "Sales looks after the south too" }],
  }),
  "ann.json": JSON.stringify({
    approved: [{ user: "corp\\ANN", gain: "rows", table: "Orders", reason: "she stands in for the south" }],
  }),
  "stale.json": JSON.stringify({
    approved: [
      { group: "Sales", gain: "rows", table: "Orders", reason: "Sales looks after the south too" },
      { user: "CORP\\dan", gain: "field", field: "AMOUNT", reason: "until the audit" },
    ],
  }),
  "other-key.json":
    '{\n  "approved": [\n    {"user": "CORP\\\\ann", "gain": "app", "reason": "new", "until": "May"}\n  ]\n}',
  "no-reason.json": '{"approved": [{"user": "CORP\\\\ann", "gain": "app"}]}',
  "nobody.json": '{"approved": [{"gain": "app", "reason": "new"}]}',
  "no-table.json": '{"approved": [{"user": "CORP\\\\ann", "gain": "rows", "reason": "new"}]}',
  "stray-field.json": '{"approved": [{"user": "CORP\\\\ann", "gain": "app", "field": "A", "reason": "new"}]}',
  "other-gain.json": '{"approved": [{"user": "CORP\\\\ann", "gain": "all", "reason": "new"}]}',
  "no-list.json": '{"approvals": []}',
  "number.json": '{"approved": [{"user": 1, "gain": "app", "reason": "new"}]}',
  "broken.qvs": "LOAD * INLINE [",
});

function at(name: string): string {
  return join(place, name);
}

function compared(after: string, ...words: readonly string[]): ReturnType<typeof said> {
  return said("compare", "--before", at("before.qvs"), "--after", at(after), "--users", at("people.csv"), ...words);
}

describe("compare", () => {
  it("tells people first, those with the same change together, and fails for a gain nobody approved", async () => {
    const { code, stdout, stderr } = await compared("south.qvs");
    assert.deepEqual([code, stderr], [1, ""]);
    assert.match(stdout, /: 5 users compared, something differs for 3\n/);
    assert.match(stdout, /^ {2}3 users of group Sales gain 2 rows of Orders \(REGION = SOUTH\)$/m);
    assert.match(stdout, /\n3 gains not approved, 0 approved\n$/);
  });

  it("is content with gains that are approved, and not with an approval that covers nothing", async () => {
    const approved = await compared("south.qvs", "--approved", at("approved.json"));
    assert.deepEqual(
      [approved.code, approved.stdout.split("\n").at(-2)],
      [0, "no gain is left unapproved, 3 approved"],
    );
    const ann = await compared("south.qvs", "--approved", at("ann.json"));
    assert.equal(ann.code, 1);
    assert.match(ann.stdout, /^not approved: CORP\\ben gains 2 rows of Orders \(.*south\.qvs\)$/m);
    assert.doesNotMatch(ann.stdout, /^not approved: CORP\\ann/m);
    const stale = await compared("south.qvs", "--approved", at("stale.json"));
    assert.equal(stale.code, 1);
    assert.match(stale.stdout, /^stale approval: CORP\\dan field AMOUNT \(until the audit\): nobody gains that$/m);
  });

  it("tells a field gained", async () => {
    const { code, stdout } = await compared("amount.qvs");
    assert.equal(code, 1);
    assert.match(stdout, /^ {2}3 users of group Sales gain the field AMOUNT$/m);
  });

  it("tells losses and fails for them only when asked to", async () => {
    const { code, stdout } = await compared("dan.qvs");
    assert.equal(code, 0);
    assert.match(stdout, /^ {2}CORP\\dan loses the app: 1 row of Orders \(REGION = WEST\)$/m);
    assert.equal((await compared("dan.qvs", "--strict")).code, 1);
    const gone = await compared("before.qvs", "--users-after", at("without-ben.csv"));
    assert.equal(gone.code, 0);
    assert.match(gone.stdout, /^ {2}CORP\\ben loses the app/m);
    assert.match(gone.stdout, /^ {2}only before: CORP\\ben, CORP\\erin$/m);
  });

  it("finds nothing between a script and itself", async () => {
    const { code, stdout } = await compared("before.qvs", "--strict");
    assert.equal(code, 0);
    assert.match(stdout, /something differs for 0\n\nno gain is left unapproved\n$/);
  });

  it("prints CSV with a line for each change", async () => {
    const { code, stdout } = await compared("south.qvs", "--csv");
    assert.equal(code, 1);
    const lines = stdout.trimEnd().split("\n");
    assert.equal(lines[0], "app,user,change,what,name,rows,detail");
    assert.deepEqual(
      lines.slice(1),
      ["ann", "ben", "carla"].map((name) => `${at("south.qvs")},CORP\\${name},gained,rows,Orders,2,ORDERNO`),
    );
  });

  it("prints JSON with every row, the gains and the approvals", async () => {
    const { code, stdout } = await compared("south.qvs", "--json", "--approved", at("stale.json"));
    assert.equal(code, 1);
    const answer = JSON.parse(stdout) as {
      readonly apps: readonly {
        readonly differences: readonly { readonly tables: readonly { readonly gained: unknown }[] }[];
      }[];
      readonly open: readonly unknown[];
      readonly approved: readonly { readonly reason: string }[];
      readonly stale: readonly { readonly user?: string }[];
    };
    assert.deepEqual(answer.apps[0]?.differences[0]?.tables[0]?.gained, [
      [2, "SOUTH"],
      [3, "SOUTH"],
    ]);
    assert.deepEqual(answer.open, []);
    assert.deepEqual([...new Set(answer.approved.map(({ reason }) => reason))], ["Sales looks after the south too"]);
    assert.deepEqual(
      answer.stale.map(({ user }) => user),
      ["CORP\\dan"],
    );
  });

  it("reads other data on each side", async () => {
    const orders = join(root, "examples", "trading", "apps", "7ead1400-0000-4000-8000-000000000401.qvs");
    const data = join(root, "examples", "trading", "data");
    const access = readFileSync(join(data, "access.csv"), "utf8").replace("CORP\\ben,South", "CORP\\ben,North");
    const later = folder({ "access.csv": access });
    const words = ["--data-before", `Data=${data}`, "--data-after", `Data=${later}`, "--users", at("people.csv")];
    const { code, stdout } = await said("compare", "--before", orders, "--after", orders, ...words);
    assert.equal(code, 1);
    assert.match(stdout, /^ {2}CORP\\ben gains 2 rows of Customers, 3 rows of Orders \(REGION = NORTH\)$/m);
    // South is listed by nobody any more, so the star of Dan stands for less.
    assert.match(stdout, /^ {2}CORP\\dan loses 1 row of Customers, 1 row of Orders \(REGION = SOUTH\)$/m);
  });

  it("compares two site folders app by app, with the people of each", async () => {
    const site = join(root, "examples", "trading");
    const { code, stdout, stderr } = await said("compare", "--before", site, "--after", site);
    assert.deepEqual([code, stderr], [0, ""]);
    for (const name of ["Orders", "Payroll", "Price list"])
      assert.match(stdout, new RegExp(`^${name}: \\d+ users compared`, "m"));
    const one = await said("compare", "--before", site, "--after", site, "--app", "Payroll");
    assert.equal(one.stdout.match(/users compared/g)?.length, 1);
  });

  const wrong: { readonly [title: string]: readonly [words: readonly string[], tells: RegExp] } = {
    "no script before": [["--after", at("dan.qvs")], /--before is missing; expected FILE\|DIR/],
    "nobody to compare for": [
      ["--before", at("dan.qvs"), "--after", at("dan.qvs")],
      /no user is named; expected --users FILE/,
    ],
    "a broken script": [
      ["--before", at("dan.qvs"), "--after", at("broken.qvs"), "--users", at("people.csv")],
      /broken\.qvs:1:\d+: /,
    ],
    "a missing user file": [
      ["--before", at("dan.qvs"), "--after", at("dan.qvs"), "--users", at("none.csv")],
      /none\.csv: there is no such file/,
    ],
    "an unknown flag": [["--faster"], /unknown option '--faster'/],
    "JSON and CSV at once": [["--json", "--csv"], /--json and --csv exclude each other/],
    "a script and a site": [
      ["--before", at("dan.qvs"), "--after", place],
      /--before and --after are not of one kind; expected two scripts/,
    ],
    "an app of a script": [
      ["--before", at("dan.qvs"), "--after", at("dan.qvs"), "--app", "Orders", "--users", at("people.csv")],
      /--app goes with site folders/,
    ],
    "an app the site has not": [
      ["--before", join(root, "examples/trading"), "--after", join(root, "examples/trading"), "--app", "None"],
      /the site has no script of an app "None"; .*name one of/,
    ],
  };
  for (const [title, [words, tells]] of Object.entries(wrong)) {
    it(`tells in one line: ${title}`, async () => {
      const answer = await said("compare", ...words);
      if (words.includes("--json")) assert.equal(answer.code, 2);
      else assertOneLine(answer);
      assert.match(answer.stderr, tells);
    });
  }

  const approvals: { readonly [file: string]: RegExp } = {
    "other-key.json": /other-key\.json:3:\d+: an approval has no "until"; expected one of user, group, app, /,
    "no-reason.json": /an approval has no reason; expected "reason"/,
    "nobody.json": /names one user or one group; expected "user"/,
    "no-table.json": /an approval of rows names no table/,
    "stray-field.json": /"field" does not go with "gain": "app"/,
    "other-gain.json": /says no kind of gain; expected "gain": one of app, field, rows/,
    "no-list.json": /no-list\.json:1:1: there is no list "approved"/,
    "number.json": /"user" is no text/,
    "broken.qvs": /broken\.qvs:1:1: not valid JSON/,
  };
  for (const [file, tells] of Object.entries(approvals)) {
    it(`refuses an approval file in one line: ${file}`, async () => {
      const answer = await compared("south.qvs", "--approved", at(file));
      assertOneLine(answer);
      assert.match(answer.stderr, tells);
    });
  }
});
