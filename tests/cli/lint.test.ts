/** `lint` as a person calls it: text, JSON, exit codes, sites, and what is asked wrongly. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { answered, assertOneLine, folder, root, said } from "./command.ts";

const site = join(root, "examples", "trading");

const place = folder({
  "clean.qvs": `Section Access;
LOAD * INLINE [
ACCESS, USERID, REGION
USER, INTERNAL\\SA_SCHEDULER, *
USER, CORP\\ANN, NORTH
];
Section Application;
Orders: LOAD * INLINE [
ORDERNO, REGION
1, NORTH
];`,
  "region.qvs": `Section Access;
Access: LOAD Upper(ACCESS) AS ACCESS, Upper(USERID) AS USERID, Upper(REGION) AS REGION
FROM [lib://Data/access.csv] (txt, utf8, embedded labels, delimiter is ',');
Section Application;
Orders: LOAD * INLINE [
ORDERNO, Region
1, NORTH
];`,
  "data/access.csv":
    "ACCESS,USERID,REGION\nUSER,INTERNAL\\sa_scheduler,*\nUSER,CORP\\ann,North\nUSRE,CORP\\ben,North\n",
  "broken.qvs": "Section Access;\nLOAD * INLINE [\nACCESS\n;",
});

function at(name: string): string {
  return join(place, name);
}

describe("lint", () => {
  it("finds nothing in a clean script and ends with 0", async () => {
    const { code, stdout, stderr } = await said("lint", "--script", at("clean.qvs"));
    assert.deepEqual([code, stdout, stderr], [0, `${at("clean.qvs")}: nothing found\n`, ""]);
  });

  it("tells the gravest first, each with its line in script or CSV, and ends with 1", async () => {
    const { code, stdout } = await said("lint", "--script", at("region.qvs"), "--data", `Data=${at("data")}`);
    assert.equal(code, 1);
    const lines = stdout.trimEnd().split("\n");
    assert.equal(lines[0], `${at("region.qvs")}: 2 findings`);
    assert.match(
      lines[1] ?? "",
      /^ {2}fail-open {2}lib:\/\/Data\/access\.csv:1:15: section access has REGION, the app Region: .* \[field-case, SA-RED-02\]$/,
    );
    assert.match(
      lines[2] ?? "",
      /^ {2}locks-out {2}lib:\/\/Data\/access\.csv:4:1: ACCESS is USRE, .* \[invalid-level, SA-ACC-01\]$/,
    );
  });

  it("looks at every app of a site, and at one when it is named", async () => {
    const { code, stdout } = await said("lint", "--site", site);
    assert.equal(code, 1);
    assert.match(stdout, /^Orders: 3 findings$/m);
    assert.match(stdout, /^Price list: no section access, so everybody who may open the app sees everything$/m);
    const orders = await said("lint", "--site", site, "--app", "Orders");
    assert.equal(orders.code, 0, "advice alone does not fail");
    assert.doesNotMatch(orders.stdout, /Payroll/);
  });

  it("prints JSON", async () => {
    const [orders] = (await answered("lint", "--site", site, "--app", "Orders")) as readonly {
      readonly app: string;
      readonly hasSectionAccess: boolean;
      readonly findings: readonly { readonly rule: string; readonly severity: string; readonly place: object }[];
    }[];
    assert.deepEqual([orders?.app, orders?.hasSectionAccess], ["Orders", true]);
    assert.deepEqual(
      orders?.findings.map(({ rule, severity }) => [rule, severity]),
      [
        ["island", "advice"],
        ["unlisted-value", "advice"],
        ["service-account", "advice"],
      ],
    );
    assert.deepEqual(orders?.findings[1]?.place, { file: "lib://Data/access.csv", line: 1, column: 15 });
  });

  it("reads rights as the dialect does", async () => {
    const words = ["lint", "--script", at("region.qvs"), "--data", `Data=${at("data")}`];
    const { stdout } = await said(...words, "--dialect", "cloud");
    assert.match(stdout, /field-case/);
    assert.equal((await said(...words, "--dialect", "swiss")).code, 2);
  });

  const wrong: { readonly [title: string]: readonly [words: readonly string[], tells: RegExp] } = {
    "no script": [[], /--script is missing; expected FILE/],
    "a broken script": [["--script", at("broken.qvs")], /broken\.qvs:2:15: /],
    "a missing user file": [
      ["--script", at("clean.qvs"), "--users", at("none.csv")],
      /none\.csv: there is no such file/,
    ],
    "an unknown flag": [["--fix"], /unknown option '--fix'/],
    "a site and a script": [["--site", site, "--script", at("clean.qvs")], /--site and --script exclude each other/],
    "data of a site": [["--site", site, "--data", `Data=${at("data")}`], /--data goes with --script/],
    "an app of a script": [["--script", at("clean.qvs"), "--app", "Orders"], /--app goes with --site/],
    "an app the site has not": [["--site", site, "--app", "None"], /the site has no script of an app "None"/],
    "a file the script names and nobody handed in": [
      ["--script", at("region.qvs")],
      /region\.qvs:3:\d+: there is no file/,
    ],
  };
  for (const [title, [words, tells]] of Object.entries(wrong)) {
    it(`tells in one line: ${title}`, async () => {
      const answer = await said("lint", ...words);
      assertOneLine(answer);
      assert.match(answer.stderr, tells);
    });
  }
});
