/** Wrongs of the engine that show in what a user gets of an app. */
import type { Dialect } from "../../../catalogue/dialects.ts";
import type { Principal, Value } from "../../../contract/types.ts";
import type { LoadedApp } from "../../../reload/model.ts";
import { accessTable, appTable, we1, we11, we2, we3, we4, we5, we7, we8, who } from "./worked-examples.ts";

/** An app and a user, and what the documents say he gets. */
export interface Shown {
  readonly app: LoadedApp;
  readonly user: string | Principal;
  readonly dialect?: Partial<Dialect>;
  readonly correct: string;
}

const letters = "ALPHA NUM REDUCTION";
const sales = appTable("Sales", "REGION CITY AMOUNT", [
  ["NORTH", "Umea", 1],
  ["NORTH", "Umea", 1],
  [null, "Oslo", 2],
  ["SOUTH", "Rome", 3],
]);
const cities = appTable("Cities", "CITY MAYOR", [
  ["Umea", "Eva"],
  ["Rome", "Ugo"],
]);
const holidays = appTable("Holidays", "DAY", [[1]]);
const plans = appTable("Plans", "REGION CITY GOAL", [
  ["NORTH", "Umea", 8],
  ["NORTH", "Lulea", 9],
]);

function grants(fields: string, ...rows: readonly (readonly Value[])[]) {
  return [accessTable(`ACCESS USERID ${fields}`, rows)];
}

const north = grants("REGION", ["USER", "TRADING\\ANN", "NORTH"]);
const company: LoadedApp = { app: [sales, cities, holidays], access: north };
const reduced = "REGION CITY AMOUNT: NORTH Umea 1 | NORTH Umea 1; CITY MAYOR: Umea Eva; DAY: 1";
const blank: LoadedApp = { app: [sales], access: grants("REGION", ["USER", "TRADING\\ANN", ""]) };
const allowed = "REGION CITY AMOUNT: NORTH Umea 1 | NORTH Umea 1";

export const shown: { readonly [defect: string]: Shown } = {
  "star-means-everything": { app: we3, user: "EXAMPLE\\USER1", correct: `${letters}: A 1 1 | B 2 2` },
  "row-or-matching": { app: we8, user: "CORP\\hal", correct: "denied" },
  "rows-apply-to-everybody": { app: we1, user: "AD_DOMAIN\\D", correct: "denied" },
  "first-row-only": { app: we8, user: "CORP\\fay:A,GROUP1", correct: `${letters}: A 1 1 | C 3 3` },
  "user-blank-sees-all": { app: blank, user: "TRADING\\ann", correct: "denied" },
  "empty-app-for-refused": { app: we5, user: "CORP\\ERICA", correct: "denied" },
  "strict-exclusion-off": { app: we5, user: "CORP\\ERICA", correct: "denied" },
  "admin-unreduced": {
    app: { app: [sales], access: grants("REGION", ["ADMIN", "TRADING\\ANN", "NORTH"]) },
    user: "TRADING\\ann",
    correct: allowed,
  },
  "admin-blank-refused": {
    app: we2,
    user: "INTERNAL\\SA_SCHEDULER",
    correct: `${letters}: A 1 1 | B 2 2 | C 3 3`,
  },
  "level-ignored": {
    app: { app: [sales], access: grants("REGION", ["GUEST", "TRADING\\ANN", "NORTH"]) },
    user: "TRADING\\ann",
    correct: "denied",
  },
  "omit-ignored": { app: we1, user: "AD_DOMAIN\\B", correct: "ALPHA REDUCTION: B 2" },
  "omit-first-only": { app: we4, user: "CORP\\USER4", correct: "EMPLOYEES ORDERS: 3 4" },
  "omit-exact-case": { app: we11, user: "CORP\\USER2", correct: "EmpID Name Absence: 1 Ann 2" },
  "group-ignored": { app: we8, user: "CORP\\ben:A", correct: `${letters}: A 1 1` },
  "directory-ignored": { app: we1, user: "OTHER\\A", correct: "denied" },
  "identity-by-prefix": { app: company, user: "TRADING\\anna", correct: "denied" },
  "case-sensitive-identity": { app: company, user: "trading\\ann", correct: reduced },
  "values-as-written": {
    app: { app: [sales], access: grants("REGION", ["USER", "TRADING\\ANN", "North"]) },
    user: "TRADING\\ann",
    correct: allowed,
  },
  "reduction-by-any-case": {
    app: { app: [appTable("Sales", "Region", [["NORTH"], ["SOUTH"]])], access: north },
    user: "TRADING\\ann",
    correct: "Region: NORTH | SOUTH",
  },
  "no-propagation": { app: company, user: "TRADING\\ann", correct: reduced },
  "synthetic-key-by-single-field": {
    app: {
      app: [sales, plans],
      access: grants("AMOUNT", ["USER", "TRADING\\BEN", 1]),
    },
    user: "TRADING\\ben",
    correct: `${allowed}; REGION CITY GOAL: NORTH Umea 8`,
  },
  "values-and-by-row": {
    app: we7,
    user: "CORP\\MARKUS",
    correct:
      "COUNTRY PRODUCTGROUP COUNTRYPRODUCT: GERMANY MACHINES GERMANY|MACHINES | GERMANY FOOD GERMANY|FOOD | FRANCE MACHINES FRANCE|MACHINES | FRANCE FOOD FRANCE|FOOD",
  },
  "island-reduced": { app: company, user: "TRADING\\ann", correct: reduced },
  "null-kept": { app: company, user: "TRADING\\ann", correct: reduced },
  "duplicates-merged": { app: company, user: "TRADING\\ann", correct: reduced },
  "mixed-case-data-matches": {
    app: { app: [appTable("Sales", "REGION", [["North"], ["SOUTH"]])], access: north },
    user: "TRADING\\ann",
    correct: "denied",
  },
  "numbers-as-text": { app: we1, user: "AD_DOMAIN\\A", correct: `${letters}: A 1 1` },
  "omit-star-hides-all": { app: we4, user: "CORP\\USER5", correct: "ORDERS: 4" },
  "first-partner-only": {
    app: {
      app: [
        appTable("Bridge", "TEAM REGION", [
          ["A", "NORTH"],
          ["A", "SOUTH"],
        ]),
        appTable("People", "TEAM NAME", [["A", "Ann"]]),
      ],
      access: grants("REGION", ["USER", "TRADING\\ANN", "SOUTH"]),
    },
    user: "TRADING\\ann",
    correct: "TEAM REGION: A SOUTH; TEAM NAME: A Ann",
  },
  "any-absent-value-refuses": {
    app: {
      app: [sales],
      access: grants("REGION", ["USER", "TRADING\\ANN", "NORTH"], ["USER", "TRADING\\ANN", "MOON"]),
    },
    user: "TRADING\\ann",
    correct: allowed,
  },
  "star-lists-own-rows": { app: we3, user: "EXAMPLE\\USER1", correct: `${letters}: A 1 1 | B 2 2` },
  "system-fields-never-reduce": {
    app: {
      app: [
        appTable("Tasks", "USERID TASK", [
          ["TRADING\\ANN", 1],
          ["TRADING\\BEN", 2],
        ]),
      ],
      access: grants("NOTE", ["USER", "TRADING\\ANN", "x"]),
    },
    user: "TRADING\\ann",
    correct: "USERID TASK: TRADING\\ANN 1",
  },
  "admin-strict": {
    app: { app: [sales], access: grants("REGION", ["ADMIN", "TRADING\\ANN", "MOON"]) },
    user: "TRADING\\ann",
    correct: "REGION CITY AMOUNT: NORTH Umea 1 | NORTH Umea 1 | null Oslo 2 | SOUTH Rome 3",
  },
  "admin-on-every-server": {
    app: { app: [sales], access: grants("REGION", ["ADMIN", "TRADING\\ANN", "MOON"]) },
    user: "TRADING\\ann",
    dialect: { adminLevel: "user" },
    correct: "denied",
  },
  "strict-exclusion-everywhere": {
    app: we5,
    user: "CORP\\ERICA",
    dialect: { strict: false },
    correct: "REGION: A | B",
  },
  "email-matches": {
    app: {
      app: [sales],
      access: [accessTable("ACCESS USER.EMAIL REGION", [["USER", "ann@trading.example", "NORTH"]])],
    },
    user: { ...who("TRADING\\ann"), attributes: { email: ["ann@trading.example"] } },
    correct: "denied",
  },
  "any-serial": {
    app: {
      app: [sales],
      access: [accessTable("ACCESS USERID SERIAL REGION", [["USER", "TRADING\\ANN", "4711", "NORTH"]])],
    },
    user: "TRADING\\ann",
    correct: "denied",
  },
  "ntname-without-groups": {
    app: { app: [sales], access: [accessTable("ACCESS NTNAME REGION", [["USER", "TRADERS", "NORTH"]])] },
    user: "TRADING\\ann:Traders",
    correct: allowed,
  },
  "system-star-listed-only": {
    app: { app: [sales], access: grants("REGION", ["USER", "*", "NORTH"]) },
    user: "TRADING\\ann",
    correct: allowed,
  },
  "scheduler-always-in": { app: we3, user: "INTERNAL\\sa_scheduler", correct: "denied" },
};
