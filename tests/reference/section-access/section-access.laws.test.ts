/**
 * Laws that need no expected answer (metamorphic relations S1–S28; S24 and S25 are about surfaces and stand with the
 * suites). Each runs over generated worlds under its guards; those that rest on strict exclusion are seen broken without it.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ViewTable } from "../../../contract/types.ts";
import type { AccessWorldOptions } from "../../../generators/section-access.ts";
import { reduce } from "../../../reference/section-access/spec.ts";
import { app, data, person, security, sees } from "./fixtures.ts";
import * as ofData from "./laws-of-data.ts";
import * as ofRights from "./laws-of-rights.ts";
import {
  assertBroken,
  assertLaw,
  documented,
  reducingFields,
  seeing,
  type Holds,
  type See,
  type Setting,
} from "./law-worlds.ts";
import * as faults from "./planted-faults.ts";

const oneTable = { maxTables: 1 } as const;

interface Law {
  readonly id: string;
  readonly says: string;
  readonly holds: Holds;
  /** The law is stated for one app table only. */
  readonly oneTable?: true;
  /** Beside the settings of all laws. */
  readonly settings?: AccessWorldOptions;
  /** Worlds tried; 150 unless told. Rare settings need more. */
  readonly runs?: number;
  /** Wrong eyes, or another reading, under which some world must break it. */
  readonly brokenBy: See;
}

function settingsOf({ oneTable: single, settings }: Law): AccessWorldOptions {
  return { ...(single === true ? oneTable : {}), ...settings };
}

const lax = seeing({ ...documented, strict: false });
const oneIsEnough = seeing({ ...documented, rowMatch: "or" });

const splitByUser: Holds = (setting, see) =>
  ofRights.splitByUser(
    setting,
    (access, who) => {
      const answer = reduce({ access, app: setting.app }, who, documented);
      if (answer.access === "denied") return undefined;
      const tables = answer.tables.map((table) => ({ ...table, loosened: false }));
      return seeing(documented)(
        { access: { name: "Open", fields: ["ACCESS"], rows: [["USER"]], inline: [true] }, app: tables },
        who,
      );
    },
    see,
  );

/** A reducing field without any record left: the next time its values match nothing (SA-RED-10). */
function emptied(setting: Pick<Setting, "access" | "app">, tables: readonly ViewTable[]): boolean {
  return reducingFields(setting).some((field) =>
    tables.every(({ fields, rows }) => !fields.includes(field) || rows.length === 0),
  );
}

const reducedAgain: Holds = (given, see) => {
  const setting = ofRights.withoutOmit(given);
  return ofData.reducedAgain(setting, see, (who) => {
    const answer = reduce({ access: [setting.access], app: setting.app }, who, documented);
    if (answer.access === "denied" || emptied(setting, answer.tables)) return undefined;
    return setting.app.map((table, at) => ({ ...table, rows: answer.tables[at]?.rows ?? [] }));
  });
};

const laws: readonly Law[] = [
  {
    id: "S1",
    says: "order and repetition of rows do not matter",
    holds: ofRights.orderAndRepetition,
    brokenBy: faults.lastRowOnly,
  },
  { id: "S2", says: "a further row takes no data away", holds: ofRights.furtherRow, brokenBy: lax },
  {
    id: "S3",
    says: "a row for another changes nothing for who holds no star",
    holds: ofRights.rowForAnother,
    brokenBy: faults.rowsOfAnybody,
  },
  { id: "S4", says: "two sets of rows add up for one field", holds: ofData.addsUp, oneTable: true, brokenBy: lax },
  {
    id: "S4 (superset)",
    runs: 700,
    says: "two sets of rows show at least what each shows",
    holds: ofData.atLeastAddsUp,
    brokenBy: lax,
  },
  {
    id: "S5",
    runs: 700,
    says: "a concatenated key shows a part, all of it for a full product",
    holds: ofData.concatenatedKey,
    oneTable: true,
    settings: { mode: "hostile", twists: ["never together"] },
    brokenBy: lax,
  },
  {
    id: "S5x",
    says: "rows for the cross product change nothing",
    holds: ofData.crossProduct,
    brokenBy: faults.rowByRow,
  },
  { id: "S6, S26", says: "OMIT leaves the rows", holds: ofData.omitLeavesRows, brokenBy: faults.omitTakesRows },
  { id: "S7", says: "OMIT only grows", holds: ofRights.omitGrows, brokenBy: faults.lastRowOnly },
  { id: "S8", says: "other names change nothing", holds: ofRights.otherNames, brokenBy: faults.prefixMatch },
  {
    id: "S9 (values)",
    says: "other values in table and data change nothing",
    holds: ofData.otherValues,
    brokenBy: faults.hiddenValue,
  },
  {
    id: "S9 (case)",
    says: "letter case of an inline security table does not matter",
    holds: ofData.lowerCaseRights,
    brokenBy: faults.neverRaised,
  },
  { id: "S10", says: "parts of the data add up", holds: ofData.partsAddUp, oneTable: true, brokenBy: lax },
  { id: "S11", says: "a new record leaves old ones alone", holds: ofData.newRecord, oneTable: true, brokenBy: lax },
  { id: "S12", says: "a further group takes no data away", holds: ofRights.furtherGroup, brokenBy: lax },
  {
    id: "S13",
    says: "a star is one row for each listed value",
    holds: ofRights.starIsListing,
    brokenBy: faults.literalStar,
  },
  {
    id: "S14",
    says: "nobody reduced sees a value listed nowhere",
    holds: ofData.listedNowhere,
    oneTable: true,
    brokenBy: lax,
  },
  {
    id: "S15",
    says: "only my rows matter where nothing is a star",
    holds: ofRights.onlyMyRows,
    brokenBy: faults.rowsOfAnybody,
  },
  { id: "S16", says: "one row less shrinks the view or closes the app", holds: ofRights.fewerRows, brokenBy: lax },
  {
    id: "S17",
    runs: 700,
    says: "users with disjoint values see no record in common",
    holds: ofData.disjointUsers,
    oneTable: true,
    brokenBy: lax,
  },
  { id: "S18", says: "one reducing column less only widens", holds: ofData.columnLess, brokenBy: faults.needsColumns },
  { id: "S19", says: "who is named nowhere is refused", holds: ofRights.namedNowhere, brokenBy: faults.firstRowForAll },
  { id: "S20", says: "asking again shows the same", holds: ofData.askingAgain, brokenBy: faults.answerOfTheLast() },
  {
    id: "S21",
    says: "a record is seen by a row that names its values, and by no other",
    holds: ofData.pivot,
    oneTable: true,
    brokenBy: lax,
  },
  {
    id: "S22",
    says: "ADMIN sees at least what USER sees",
    holds: ofRights.adminSeesMore,
    brokenBy: faults.adminIsNobody,
  },
  {
    id: "S23",
    says: "all system fields of a row must match",
    holds: ofRights.rowsAreConjunctions,
    brokenBy: oneIsEnough,
  },
  { id: "S27", says: "what was reduced is not reduced further", holds: reducedAgain, brokenBy: faults.lossy },
  {
    id: "S28",
    says: "rights split by user are the same as in one table",
    holds: splitByUser,
    brokenBy: faults.lastRowOnly,
  },
];

describe("laws of section access", () => {
  for (const law of laws) {
    test(`${law.id}: ${law.says}`, () => assertLaw(law.holds, settingsOf(law), law.runs));
  }
  test("their helpers tell rightly whom a row speaks of", () => assertLaw(ofRights.helpersAgree));
});

describe("laws notice", () => {
  for (const law of laws) {
    test(`${law.id}: is broken for wrong eyes`, () => assertBroken(law.holds, law.brokenBy, settingsOf(law)));
  }
  test("views of several fields do not add up exactly: the cross product is more (S4)", () =>
    assertBroken(ofData.addsUpAlways, seeing(documented)));
});

test("S3 fails for a star: somebody else's new value widens it", () => {
  const sales = data("Sales", "REGION", "NORTH", "SOUTH");
  const rows = [String.raw`USER,CORP\ANN,*`, String.raw`USER,CORP\BEN,NORTH`];
  const before = sees(app([security("Access", "ACCESS,USERID,REGION", ...rows)], sales), person("CORP\\ann"));
  const after = sees(
    app([security("Access", "ACCESS,USERID,REGION", ...rows, String.raw`USER,CORP\CARLA,SOUTH`)], sales),
    person("CORP\\ann"),
  );
  assert.deepEqual([before, after], [{ "Sales(REGION)": ["NORTH"] }, { "Sales(REGION)": ["NORTH", "SOUTH"] }]);
});
