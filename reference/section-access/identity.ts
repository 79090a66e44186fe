/** Which rows of section access apply to a user: selections in the system fields, spread through its tables (§4, §5). */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal, Reason, Value } from "../../contract/types.ts";
import { cellsOf, type SecurityTable } from "./access-model.ts";
import { whyApplies, whyLevel, whyRefused } from "./identity-reasons.ts";
import { identitySelections, namingFields, type Level } from "./names.ts";
import { possibleRows, type Possible, type Selection } from "./propagation.ts";
import { isBlank, isStar, textOf } from "./values.ts";

function serialSelection(dialect: Dialect): Selection {
  if (dialect.serial === "ignored") return new Map();
  const known = dialect.serial === "qliksense" ? "QLIKSENSE" : undefined;
  const matches = (value: Value): boolean =>
    isBlank(value) ? dialect.blankIdentity === "anybody" : isStar(value) || textOf(value) === known;
  return new Map([["SERIAL", matches]]);
}

/**
 * The rows still possible once the user is selected. Under `rowMatch: or` one system field is enough, so the rows
 * possible under any single selection count (SA-ROW-01).
 */
function possibleFor(tables: readonly SecurityTable[], who: Principal, dialect: Dialect): Possible {
  const all = [...identitySelections(who, dialect), ...serialSelection(dialect)];
  const present = all.filter(([field]) => tables.some((table) => table.fields.includes(field)));
  if (dialect.rowMatch === "and" || present.length === 0) return possibleRows(tables, new Map(present));
  const each = present.map((selection) => possibleRows(tables, new Map([selection])));
  return tables.map((table, at) => table.rows.map((_, row) => each.some((possible) => possible[at]?.[row] === true)));
}

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

/** Which rows give a level, or stand in a table that is not about levels. */
function withLevel(tables: readonly SecurityTable[], dialect: Dialect): Possible {
  return tables.map((table) => {
    const column = table.fields.indexOf("ACCESS");
    return table.rows.map((row) => column < 0 || levelOf(row[column] ?? null, dialect) !== undefined);
  });
}

/** The rows that apply, as if rows of no level were not there: what hangs on one alone does not apply either. */
function applyingRows(tables: readonly SecurityTable[], who: Principal, dialect: Dialect): Possible {
  const valid = withLevel(tables, dialect);
  if (valid.every((rows) => rows.every(Boolean))) return possibleFor(tables, who, dialect);
  const standing = tables.map((table, at) => ({ ...table, rows: table.rows.filter((_, row) => valid[at]?.[row]) }));
  const possible = possibleFor(standing, who, dialect);
  return valid.map((rows, at) => {
    let next = 0;
    return rows.map((is) => is && possible[at]?.[next++] === true);
  });
}

/** Of both levels the one the release takes (SA-ACC-05). */
export function levelAmong(levels: readonly (Level | undefined)[], dialect: Dialect): Level | undefined {
  const found = (["ADMIN", "USER"] as const).filter((level) => levels.includes(level));
  return dialect.mixedLevels === "admin" ? found[0] : found.at(-1);
}

/** Whether section access has the columns without which the release lets nobody in (SA-SYS-01). */
export function namesUsers(tables: readonly SecurityTable[], dialect: Dialect): boolean {
  if (dialect.identityColumns === "any") return true;
  const asked = namingFields(dialect).filter((field) => field === "USERID" || field === "USER.EMAIL");
  return tables.some((table) => asked.some((field) => table.fields.includes(field)));
}

/** Step 2: the rows that apply to the user and the level they give him. */
export function standingOf(tables: readonly SecurityTable[], who: Principal, dialect: Dialect): Standing {
  const rows = applyingRows(tables, who, dialect);
  if (!namesUsers(tables, dialect)) {
    const evidence = "no column USERID or USER.EMAIL";
    return { rows, level: undefined, because: [{ requirement: "SA-SYS-01", evidence }] };
  }
  const granted = cellsOf(tables, "ACCESS", rows);
  const level = levelAmong(
    granted.map((cell) => levelOf(cell.value, dialect)),
    dialect,
  );
  if (level === undefined) {
    const named = cellsOf(tables, "ACCESS", possibleFor(tables, who, dialect));
    return { rows, level, because: [whyRefused(named, who)] };
  }
  return {
    rows,
    level,
    because: [...whyApplies(tables, rows, { who, dialect }), ...whyLevel(granted, level, dialect)],
  };
}
