import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dialectOf, type Dialect } from "../../../catalogue/dialects.ts";
import type { Principal, Value } from "../../../contract/types.ts";
import { evaluateAccess } from "../../../mock/engine/evaluate.ts";
import { textOf } from "../../../mock/engine/reduction/symbol.ts";
import type { AccessTable, AppTable } from "../../../reload/model.ts";
import { accessTable, appTable, who } from "./worked-examples.ts";

const documented = dialectOf("documented");
const sales = appTable("Sales", "REGION YEAR", [
  ["N", 1],
  ["S", 2],
  ["W", 3],
]);
const ann = who("TRADING\\ann");
const salesWoman = who("TRADING\\ann:Sales");

interface Example {
  readonly title: string;
  readonly access: readonly AccessTable[];
  readonly app?: AppTable;
  readonly asker?: Principal;
  readonly published?: boolean;
  /** Documented reading, then the reading with the switches beside it: first cells of the rows seen. */
  readonly documented: string;
  readonly other: string;
  readonly switches: Partial<Dialect>;
}

function rows(fields: string, ...cells: readonly (readonly Value[])[]): readonly AccessTable[] {
  return [accessTable(fields, cells)];
}

/** Like rows, from a table that was not loaded inline. */
function resident(fields: string, ...cells: readonly (readonly Value[])[]): readonly AccessTable[] {
  return rows(fields, ...cells).map((table) => ({ ...table, inline: table.inline.map(() => false) }));
}

const examples: readonly Example[] = [
  {
    title: "one fitting identity cell is not enough, or is",
    access: rows("ACCESS USERID GROUP REGION", ["USER", "TRADING\\ANN", "BOSSES", "N"]),
    documented: "denied",
    other: "N",
    switches: { rowMatch: "or" },
  },
  {
    title: "a blank identity cell names nobody, or everybody",
    access: rows("ACCESS USERID REGION", ["USER", "", "N"]),
    documented: "denied",
    other: "N",
    switches: { blankIdentity: "anybody" },
  },
  {
    title: "a system field that is an app field reduces, or not",
    access: rows("ACCESS USERID", ["USER", "TRADING\\ANN"]),
    app: appTable("Tasks", "USERID", [["TRADING\\ANN"], ["TRADING\\BEN"]]),
    documented: "TRADING\\ANN",
    other: "TRADING\\ANN TRADING\\BEN",
    switches: { systemFieldsReduce: false },
  },
  {
    title: "an e-mail address matches nobody, or its owner",
    access: rows("ACCESS USER.EMAIL REGION", ["USER", "ann@trading.example", "N"]),
    asker: { ...ann, session: { email: ["Ann@trading.example"] } },
    documented: "denied",
    other: "N",
    switches: { userEmail: "email" },
  },
  {
    title: "a serial number of another product gives nothing, or is no system field",
    access: rows("ACCESS USERID SERIAL REGION", ["USER", "TRADING\\ANN", "4711", "N"]),
    documented: "denied",
    other: "N",
    switches: { serial: "ignored" },
  },
  {
    title: "a star lists its own table, or the field in all tables",
    access: [
      accessTable("ACCESS USERID REGION", [
        ["USER", "TRADING\\ANN", "*"],
        ["USER", "TRADING\\BEN", "N"],
      ]),
      accessTable("REGION NOTE", [["S", 1]], "Notes"),
    ],
    documented: "N",
    other: "N S",
    switches: { starScope: "field" },
  },
  {
    title: "each field must match, or one is enough",
    access: rows("ACCESS USERID REGION YEAR", ["USER", "TRADING\\ANN", "N", 9]),
    documented: "denied",
    other: "N",
    switches: { strictScope: "overall" },
  },
  {
    title: "an unpublished app is reduced, or not yet",
    access: rows("ACCESS USERID REGION", ["USER", "TRADING\\ANN", "N"]),
    published: false,
    documented: "N",
    other: "N S W",
    switches: { publishedRequired: true },
  },
  {
    title: "a resident value is upper-cased, or as it was",
    access: resident("ACCESS USERID REGION", ["USER", "TRADING\\ANN", "n"]),
    documented: "N",
    other: "denied",
    switches: { saUpper: "inlineOnly" },
  },
  {
    title: "a resident name is upper-cased, or no longer found",
    access: resident("ACCESS USERID REGION", ["USER", "Trading\\Ann", "N"]),
    documented: "N",
    other: "denied",
    switches: { saUpper: "inlineOnly" },
  },
  {
    title: "groups come from directory and session, or from the session alone",
    access: rows("ACCESS GROUP REGION", ["USER", "SALES", "N"]),
    asker: salesWoman,
    documented: "N",
    other: "denied",
    switches: { groupSource: "session" },
  },
  {
    title: "groups of the session count, or not",
    access: rows("ACCESS NTNAME REGION", ["USER", "SALES", "N"]),
    asker: { ...ann, session: { group: ["Sales"] } },
    documented: "N",
    other: "denied",
    switches: { groupSource: "directory" },
  },
];

async function firstCells(example: Example, dialect: Dialect): Promise<string> {
  const { app = sales, access, asker = ann, published = true } = example;
  const [answer] = await evaluateAccess([{ app: { app: [app], access }, who: asker, published }], dialect);
  if (answer === undefined || answer.access === "denied") return "denied";
  return answer.tables.flatMap((table) => table.rows.map((row) => textOf(row[0] ?? null))).join(" ");
}

describe("readings of section access", () => {
  for (const example of examples) {
    test(example.title, async () => {
      assert.equal(await firstCells(example, documented), example.documented);
      assert.equal(await firstCells(example, { ...documented, ...example.switches }), example.other);
    });
  }

  test("a published app is reduced where publishing matters", async () => {
    const example = examples.find(({ switches }) => switches.publishedRequired === true);
    assert.ok(example);
    assert.equal(await firstCells({ ...example, published: true }, { ...documented, publishedRequired: true }), "N");
  });

  test("an app without section access is open to all, with no level", async () => {
    const [answer] = await evaluateAccess([{ app: { app: [sales] }, who: ann }], documented);
    assert.deepEqual(answer, {
      access: "granted",
      level: "NONE",
      omitted: [],
      tables: [{ name: "Sales", fields: sales.fields, rows: sales.rows }],
    });
  });
});
