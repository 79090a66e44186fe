/** Which rows of section access apply to a user: selections in the system fields, spread through its tables (§3, §4). */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal, Reason, RequirementId, Value } from "../../contract/types.ts";
import { cellsOf, type Cell, type SecurityTable } from "./access-model.ts";
import { possibleRows, type Possible, type Selection } from "./propagation.ts";
import { isBlank, isStar, textOf, upperText } from "./values.ts";

export const identityFields = ["USERID", "GROUP", "NTNAME", "USER.EMAIL"] as const;
export type IdentityField = (typeof identityFields)[number];

const identityRequirement: { readonly [field in IdentityField]: RequirementId } = {
  USERID: "SA-SYS-02",
  GROUP: "SA-SYS-04",
  NTNAME: "SA-SYS-06",
  "USER.EMAIL": "SA-SYS-03",
};

/** Names with a meaning of their own, by exact spelling (SA-SYS-07). */
export function isSystemField(field: string, dialect: Dialect): boolean {
  if (field === "SERIAL") return dialect.serial === "qliksense";
  return field === "ACCESS" || field === "OMIT" || identityFields.some((name) => name === field);
}

export function fullName(who: Principal): string {
  return `${who.directory}\\${who.id}`;
}

function groupsOf(who: Principal, dialect: Dialect): readonly string[] {
  const session = who.session["group"] ?? [];
  switch (dialect.groupSource) {
    case "directory":
      return who.groups;
    case "session":
      return session;
    case "union":
      return [...who.groups, ...session];
  }
}

function emailsOf(who: Principal, dialect: Dialect): readonly string[] {
  if (dialect.userEmail === "wildcardOnly") return [];
  return [...(who.attributes["email"] ?? []), ...(who.session["email"] ?? [])];
}

/** What the user is called in each identity field. */
export function namesOf(who: Principal, dialect: Dialect): { readonly [field in IdentityField]: readonly string[] } {
  const groups = groupsOf(who, dialect);
  return {
    USERID: [fullName(who)],
    GROUP: groups,
    NTNAME: [fullName(who), ...groups],
    "USER.EMAIL": emailsOf(who, dialect),
  };
}

/** Values of each system field that match the user: his own names in upper case (SA-SYS-08), and the star (SA-WLD-01). */
function identitySelections(who: Principal, dialect: Dialect): Selection {
  const names = namesOf(who, dialect);
  return new Map(
    identityFields.map((field) => {
      const own = new Set(names[field].map(upperText));
      const matches = (value: Value): boolean =>
        isBlank(value) ? dialect.blankIdentity === "anybody" : isStar(value) || own.has(textOf(value));
      return [field, matches];
    }),
  );
}

function serialSelection(dialect: Dialect): Selection {
  if (dialect.serial === "ignored") return new Map();
  return new Map([["SERIAL", (value: Value): boolean => isStar(value) || textOf(value) === "QLIKSENSE"]]);
}

/**
 * The rows still possible once the user is selected. Under `rowMatch: or` one identity field is enough, so the rows
 * possible under any single selection count (SA-ROW-01).
 */
function possibleFor(tables: readonly SecurityTable[], who: Principal, dialect: Dialect): Possible {
  const identity = identitySelections(who, dialect);
  const serial = serialSelection(dialect);
  if (dialect.rowMatch === "and") return possibleRows(tables, new Map([...identity, ...serial]));
  const present = [...identity].filter(([field]) => tables.some((table) => table.fields.includes(field)));
  if (present.length === 0) return possibleRows(tables, serial);
  const each = present.map((selection) => possibleRows(tables, new Map([selection, ...serial])));
  return tables.map((table, at) => table.rows.map((_, row) => each.some((possible) => possible[at]?.[row] === true)));
}

export type Level = "ADMIN" | "USER";

/** The level a cell of ACCESS stands for; anything else is none (SA-ACC-01, SA-ACC-02). */
export function levelOf(cell: Value, dialect: Dialect): Level | undefined {
  if (cell === "ADMIN" || cell === "USER") return cell;
  return isStar(cell) && dialect.accessStar === "admin" ? "ADMIN" : undefined;
}

export interface Standing {
  /** Rows that apply; a row whose ACCESS is no level grants nothing. */
  readonly rows: Possible;
  /** The highest level among them, absent when none is valid. */
  readonly level: Level | undefined;
  readonly because: readonly Reason[];
}

function withoutInvalidLevels(tables: readonly SecurityTable[], possible: Possible, dialect: Dialect): Possible {
  return tables.map((table, at) => {
    const column = table.fields.indexOf("ACCESS");
    const picked = possible[at] ?? [];
    if (column < 0) return picked;
    return picked.map((is, row) => is && levelOf(table.rows[row]?.[column] ?? null, dialect) !== undefined);
  });
}

function highest(levels: readonly (Level | undefined)[]): Level | undefined {
  if (levels.includes("ADMIN")) return "ADMIN";
  return levels.includes("USER") ? "USER" : undefined;
}

/** Step 2: the rows that apply to the user and the level they give him. */
export function standingOf(tables: readonly SecurityTable[], who: Principal, dialect: Dialect): Standing {
  const possible = possibleFor(tables, who, dialect);
  const rows = withoutInvalidLevels(tables, possible, dialect);
  const granted = cellsOf(tables, "ACCESS", rows);
  const level = highest(granted.map((cell) => levelOf(cell.value, dialect)));
  if (level === undefined) return { rows, level, because: [whyRefused(cellsOf(tables, "ACCESS", possible), who)] };
  return {
    rows,
    level,
    because: [...whyApplies(tables, rows, { who, dialect }), ...whyLevel(granted, level, dialect)],
  };
}

function whyRefused(possible: readonly Cell[], who: Principal): Reason {
  if (possible.length === 0) return { requirement: "SA-ROW-06", evidence: `no row names ${fullName(who)}` };
  const found = possible.map((cell) => JSON.stringify(textOf(cell.value))).join(", ");
  return { requirement: "SA-ACC-01", evidence: `ACCESS is ${found}, which is no level` };
}

function whyLevel(granted: readonly Cell[], level: Level, dialect: Dialect): Reason[] {
  const levels = new Set(granted.map((cell) => cell.value));
  if (granted.some((cell) => isStar(cell.value))) {
    return [{ requirement: "SA-ACC-02", evidence: "ACCESS is *, read as ADMIN" }];
  }
  if (levels.size > 1) return [{ requirement: "SA-ACC-05", evidence: "ADMIN and USER rows apply; ADMIN holds" }];
  if (level === "ADMIN" && dialect.adminLevel === "user") {
    return [{ requirement: "SA-STR-05", evidence: "ADMIN rows open with USER rights" }];
  }
  return [{ requirement: "SA-ACC-01", evidence: `level ${level}` }];
}

interface Asking {
  readonly who: Principal;
  readonly dialect: Dialect;
}

function whyApplies(tables: readonly SecurityTable[], rows: Possible, asking: Asking): Reason[] {
  const routes = identityFields.flatMap((field) =>
    cellsOf(tables, field, rows).map((cell) => ({ field, cell, reason: whyMatches(field, cell, asking) })),
  );
  const distinct = new Set(
    routes.filter(({ cell }) => !isStar(cell.value)).map(({ field, cell }) => `${field}=${textOf(cell.value)}`),
  );
  const reasons = routes.map(({ reason }) => reason);
  const several = new Set(routes.map(({ cell }) => `${cell.table.name}#${cell.row}`)).size > 1;
  if (distinct.size > 1) reasons.push({ requirement: "SA-ROW-05", evidence: [...distinct].join(" and ") });
  else if (several) reasons.push({ requirement: "SA-ROW-04", evidence: "several rows apply" });
  return [...reasons, ...whyMixed(tables, rows, asking), ...whyCase(routes, asking)];
}

function whyMatches(field: IdentityField, cell: Cell, { who, dialect }: Asking): Reason {
  const evidence = `row ${cell.row} of ${cell.table.name}: ${field} is ${JSON.stringify(textOf(cell.value))}`;
  if (isBlank(cell.value)) return { requirement: "SA-ROW-03", evidence };
  if (!isStar(cell.value)) return { requirement: identityRequirement[field], evidence };
  const nameless = namesOf(who, dialect)[field].length === 0;
  return { requirement: nameless && field === "GROUP" ? "SA-ROW-02" : "SA-WLD-01", evidence };
}

/** Rows with several identity cells of which only some name the user: the readings AND and OR part there. */
function whyMixed(tables: readonly SecurityTable[], rows: Possible, { who, dialect }: Asking): Reason[] {
  const matches = identitySelections(who, dialect);
  return tables.flatMap((table, at) =>
    table.rows.flatMap((row, index): Reason[] => {
      const named = identityFields.filter((field) => {
        const value = row[table.fields.indexOf(field)] ?? null;
        return !isBlank(value) && !isStar(value);
      });
      const fits = named.filter((field) => matches.get(field)?.(row[table.fields.indexOf(field)] ?? null) === true);
      if (fits.length === 0 || fits.length === named.length) return [];
      const verdict = rows[at]?.[index] === true ? "applies" : "does not apply";
      return [
        {
          requirement: "SA-ROW-01",
          evidence: `row ${index + 1} of ${table.name} names the user by ${fits.join(", ")} only and ${verdict}`,
        },
      ];
    }),
  );
}

/** The spelling of the script is not the user's own: only a comparison that ignores case finds him (SA-SYS-08). */
function whyCase(
  routes: readonly { readonly field: IdentityField; readonly cell: Cell }[],
  { who, dialect }: Asking,
): Reason[] {
  const names = namesOf(who, dialect);
  const differing = routes.find(
    ({ field, cell }) => !isStar(cell.value) && !isBlank(cell.value) && !names[field].includes(textOf(cell.asWritten)),
  );
  if (differing === undefined) return [];
  const written = JSON.stringify(textOf(differing.cell.asWritten));
  return [{ requirement: "SA-SYS-08", evidence: `${written} stands for ${names[differing.field].join(", ")}` }];
}
