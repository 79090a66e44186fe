/** Probes every reading answers alike: whoever fails them follows no dialect, or cannot be asked. */
import { access, inline, textOf } from "./scripts.ts";
import type { AccessProbe } from "./types.ts";

/** The app without section access: who is refused there is refused by something else (SA-ERR-03). */
export const openApp = "open-to-all";

export const controlProbes: readonly AccessProbe[] = [
  {
    id: openApp,
    requirement: "SA-SCR-02",
    title: "an app without section access",
    about: [],
    depends: [],
    script: textOf(inline("Targets", "MONTH, TARGET", "1, 500", "2, 700")),
    asks: ["ann", "ben", "carla"],
  },
  {
    id: "plain-rights",
    requirement: "SA-PRP-01",
    title: "one value, two values in any letters, nobody, over linked tables and an island",
    about: [],
    depends: [],
    script: textOf(
      access(
        "ACCESS, USERID, REGION",
        "USER, CORP\\ANN, NORTH",
        "USER, CORP\\BEN, NORTH",
        "USER, Corp\\Ben, south",
        "USER, CORP\\AN, WEST",
        "USER, CORP\\CARLA2, WEST",
      ),
      inline("Sales", "REGION, BRANCH, AMOUNT", "NORTH, 1, 10", "NORTH, 1, 10", "SOUTH, 2, 20", "WEST, 3, 30"),
      inline("Branches", "BRANCH, CITY", "1, Oslo", "2, Rome", "3, Bonn"),
      inline("Calendar", "MONTH, DAYS", "1, 31", "2, 28"),
    ),
    asks: ["carla", "ann", "ben"],
  },
  {
    id: "two-fields",
    requirement: "SA-RED-04",
    title: "two values of each of two fields, and a record without a value",
    about: [],
    depends: [],
    script: textOf(
      access("ACCESS, USERID, REGION, PRODUCT", "USER, CORP\\ANN, NORTH, TEA", "USER, CORP\\ANN, SOUTH, SALT"),
      [
        "Sales:",
        "LOAD REGION, If(PRODUCT = 'NONE', Null(), PRODUCT) AS PRODUCT, AMOUNT INLINE [",
        "REGION, PRODUCT, AMOUNT",
        "NORTH, TEA, 10",
        "NORTH, SALT, 20",
        "SOUTH, TEA, 30",
        "WEST, TEA, 40",
        "SOUTH, NONE, 50",
        "];",
      ],
    ),
    asks: ["ann", "ben"],
  },
  {
    id: "listed-star",
    requirement: "SA-WLD-02",
    title: "a star where two of three values are listed",
    about: [],
    depends: [],
    script: textOf(
      access("ACCESS, USERID, REGION", "USER, CORP\\ANN, *", "USER, CORP\\BEN, NORTH", "USER, CORP\\CARLA, SOUTH"),
      inline("Sales", "REGION, AMOUNT", "NORTH, 10", "SOUTH, 20", "WEST, 30"),
    ),
    asks: ["ann", "carla"],
  },
  {
    id: "plain-omit",
    requirement: "SA-OMT-01",
    title: "one field hidden, two, and none",
    about: [],
    depends: [],
    script: textOf(
      access(
        "ACCESS, USERID, OMIT",
        "USER, CORP\\ANN, STOCK",
        "USER, CORP\\BEN, STOCK",
        "USER, CORP\\BEN, SALES",
        "USER, CORP\\CARLA,",
      ),
      inline("Ledger", "SALES, STOCK, STAFF", "10, 4, 2", "20, 5, 3"),
    ),
    asks: ["ann", "ben", "carla"],
  },
];
