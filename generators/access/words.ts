/**
 * Words of a small trading company. Many look alike on purpose: a prefix, a digit or a directory apart, so that matching
 * by prefix, by id alone or without letter case shows.
 */
import type { Features } from "./factors.ts";

/** A value that stands in data and in security tables: a text, a number, or a number written in its own way. */
export type Cell = string | number | { readonly n: number; readonly t: string };

export type Kind = Features["values"];

type Names = readonly [string, string, ...string[]];

/** Who asks, by the look-alikes among them; the first two look alike and always ask. */
export const people: { readonly [look in Features["people"]]: Names } = {
  plain: ["CORP\\ann", "CORP\\ben", "TRADING\\carla", "CORP\\dora.k", "LAB\\emil", "TRADING\\finn"],
  prefix: ["CORP\\ann", "CORP\\anna", "CORP\\an", "CORP\\ben", "CORP\\ben2", "TRADING\\carl", "TRADING\\carla"],
  directory: ["CORP\\ann", "LAB\\ann", "CORP2\\ann", "CORP\\ben", "TRADING\\ben", "CORP\\carla"],
  case: ["Corp\\Ann", "CORP\\Ben", "corp\\DORA.k", "Trading\\Carla", "CORP\\Emil"],
  odd: ["CORP\\ann", "CORP\\ann ", "CORP\\\u0430nn", "CORP\\ben", "CORP\\ben\u00a0"],
};

/** Names of people who never ask. */
export const absentees: Names = ["CORP\\zoe", "LAB\\yuri", "INTERNAL\\SA_SCHEDULER", "TRADING\\wim"];

export const groups = ["Sales", "SalesNorth", "Sales2", "Finance", "Fin", "Board", "Auditors"] as const;

export const tableNames = [
  "Sales",
  "Customers",
  "Orders",
  "Products",
  "Teams",
  "Calendar",
  "Budget",
  "Contracts",
] as const;

type Fields = { readonly [name: string]: readonly [Cell, Cell, Cell, Cell] };

function written(texts: readonly [string, string, string, string]): readonly [Cell, Cell, Cell, Cell] {
  const [one, two, three, four] = texts.map((t) => ({ n: Number(t), t }));
  const none = { n: 0, t: "00" };
  return [one ?? none, two ?? none, three ?? none, four ?? none];
}

/** Days as the engine counts them, from 1899-12-30. */
function days(texts: readonly [string, string, string, string]): readonly [Cell, Cell, Cell, Cell] {
  const [one, two, three, four] = texts.map((t) => ({ n: Date.parse(t) / 86_400_000 + 25_569, t }));
  const none = { n: 0, t: "1899-12-30" };
  return [one ?? none, two ?? none, three ?? none, four ?? none];
}

/** Fields that describe, by the kind of their values. */
export const attributes: { readonly [kind in Kind]: Fields } = {
  text: {
    REGION: ["NORTH", "SOUTH", "NORTHWEST", "EAST"],
    COUNTRY: ["DE", "SE", "DK", "D"],
    CATEGORY: ["TOOLS", "TOOL", "FOOD", "PAPER"],
    STATUS: ["OPEN", "CLOSED", "LOST", "NEW"],
    CHANNEL: ["WEB", "SHOP", "WEBSHOP", "AGENT"],
    SEGMENT: ["A", "AA", "B", "C"],
    NOTE: ["LATE", "EARLY", "OLD", "CHECKED"],
  },
  number: {
    BRANCH: [1, 2, 11, 3],
    GRADE: [1, 2, 3, 10],
    AMOUNT: [10, 20, 30, 100],
    MARGIN: [0.5, 1.5, 5, -1],
    SALARY: [800, 900, 1000, 8000],
    SCORE: [4, 5, 6, 44],
    DISCOUNT: [0, 3, 7, 30],
  },
  dual: {
    POSTCODE: written(["01", "02", "011", "03"]),
    CODE: written(["007", "070", "008", "077"]),
    RATE: written(["1.50", "2.0", "3.10", "0.5000"]),
    SIGNED: days(["2024-01-31", "2024-02-29", "2024-12-31", "2023-12-31"]),
    DEPOT: written(["0001", "0010", "0002", "0100"]),
  },
};

/** Fields that link tables, by the kind of their values. */
export const linking: { readonly [kind in Kind]: Fields } = {
  text: {
    CUSTOMER: ["C1", "C2", "C3", "C11"],
    PRODUCT: ["P1", "P2", "P3", "P12"],
    CONTRACT: ["K1", "K2", "K3", "K4"],
    SUPPLIER: ["S1", "S2", "S11", "S3"],
  },
  number: {
    ORDERNO: [1, 2, 3, 12],
    TEAM: [1, 2, 3, 4],
    MONTH: [1, 2, 3, 11],
    SITE: [10, 11, 12, 100],
  },
  dual: {
    ITEM: written(["001", "002", "010", "003"]),
    BATCH: written(["05", "06", "050", "07"]),
    SHIPMENT: written(["0100", "0200", "0300", "0400"]),
    WAREHOUSE: written(["1.0", "2.0", "3.0", "10.0"]),
  },
};

/** The key of two parts, `COUNTRY|PRODUCTGROUP`, and its parts (SA-RED-05). */
export const composite = {
  key: "COUNTRYPRODUCT",
  parts: {
    COUNTRY: ["GERMANY", "FRANCE"],
    PRODUCTGROUP: ["MACHINES", "FOOD"],
  },
} as const;

/** What no row of the data ever holds, two of each kind. */
export const absent: { readonly [kind in Kind]: readonly [Cell, Cell] } = {
  text: ["NOWHERE", "NORT"],
  number: [99, 9],
  dual: [
    { n: 99, t: "099" },
    { n: 98, t: "098" },
  ],
};

/** Field names that section access may carry without a counterpart in the app. */
export const strangers = ["SECTOR", "DIVISION"] as const;

/** Name of an OMIT cell that no app has a field for (SA-OMT-07). */
export const unknownField = "BONUS";
