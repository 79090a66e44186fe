/**
 * Words of a small trading company. Many look alike on purpose: a prefix, a digit or a directory apart, so that matching
 * by prefix, by id alone or without letter case shows.
 */

export const people = [
  "CORP\\ann",
  "CORP\\anna",
  "CORP2\\ann",
  "LAB\\ann",
  "CORP\\ben",
  "TRADING\\ben",
  "CORP\\ben2",
  "CORP\\carla",
  "TRADING\\carl",
  "CORP\\dora.k",
  "LAB\\an",
] as const;

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

export const keyNames = ["CUSTOMER", "ORDERNO", "PRODUCT", "TEAM", "CONTRACT", "MONTH"] as const;

/** Fields that describe; with the values they may hold. */
export const attributes: { readonly [name: string]: readonly [string | number, ...(string | number)[]] } = {
  REGION: ["NORTH", "SOUTH", "NORTHWEST", "EAST"],
  COUNTRY: ["DE", "SE", "DK", "D"],
  CATEGORY: ["TOOLS", "TOOL", "FOOD", "PAPER"],
  BRANCH: [1, 2, 11, 3],
  STATUS: ["OPEN", "CLOSED", "LOST"],
  GRADE: [1, 2, 3, 10],
  AMOUNT: [10, 20, 30, 100],
  MARGIN: [1, 5, 7],
  SALARY: [800, 900, 1000],
  NOTE: ["LATE", "NEW", "OLD"],
};

/** Values of key fields: letters for some, numbers for others. */
export const keyValues: { readonly [name: string]: readonly [string | number, ...(string | number)[]] } = {
  CUSTOMER: ["C1", "C2", "C3", "C11"],
  ORDERNO: [1, 2, 3, 12],
  PRODUCT: ["P1", "P2", "P3"],
  TEAM: [1, 2, 3],
  CONTRACT: ["K1", "K2", "K3"],
  MONTH: [1, 2, 3],
};

/** What no row of the data ever holds. */
export const absentText = "NOWHERE";
export const absentNumber = 99;

/** Field names that section access may carry without a counterpart in the app. */
export const strangers = ["SECTOR", "DIVISION"] as const;
