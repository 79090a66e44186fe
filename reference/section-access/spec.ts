/**
 * Section access as documented, in five steps (§1 of the section-access catalogue). Row by row, total, the arbiter:
 *
 * 1. the tables of `Section Access` are a model of their own, names and values in upper case;
 * 2. the user is selected in its system fields; the rows still possible give the level, or no access;
 * 3. each of its fields that exists in the app becomes a selection there: OR inside a field, AND between fields;
 * 4. the selection spreads through the app as a user's would, and what is excluded is gone;
 * 5. fields named by OMIT are gone.
 */
import type { Reason, ViewTable } from "../../contract/types.ts";
import type { AppTable } from "../../reload/model.ts";
import { securityTables } from "./access-model.ts";
import { standingOf } from "./identity.ts";
import { omission } from "./omit.ts";
import { linked, possibleRows, type Possible, type Selection } from "./propagation.ts";
import { reducingSelection } from "./reducing.ts";
import { whyPropagated } from "./spreading.ts";
import type { Reduce, Reduction } from "./types.ts";

/** What one user sees of a loaded app. Throws `not-supported` for a circular model. */
export const reduce: Reduce = (app, who, dialect, state) => {
  if (app.access === undefined) {
    return open(app.app, { requirement: "SA-SCR-02", evidence: "the script has no Section Access" });
  }
  if (dialect.publishedRequired && state?.published === false) {
    return open(app.app, { requirement: "SA-LIF-02", evidence: "the app is not published" });
  }
  const tables = securityTables(app, dialect);

  const standing = standingOf(tables, who, dialect);
  const { level } = standing;
  if (level === undefined) return denied(standing.because);

  const omitted = omission(standing, tables, app.app, dialect);
  const reducing = reducingSelection(standing, { tables, app: app.app, level, dialect, omitted: omitted.fields });
  if (!reducing.granted) return denied([...standing.because, ...reducing.because]);

  const { model, selection } = linked(app.app, reducing.selection, dialect.omittedKey === "cut" ? omitted.fields : []);
  const kept = possibleRows(model, selection);
  const empty = isEmpty(app.app, reducing.selection, kept);
  const spread = [
    ...standing.because,
    ...reducing.because,
    ...whyPropagated(model, selection, kept),
    ...(empty ? [{ requirement: "SA-RED-10", evidence: "no record fits all fields" } as const] : []),
  ];
  if (empty && dialect.emptyResult === "deny") return denied(spread);

  return {
    access: "granted",
    level: dialect.adminLevel === "user" ? "USER" : level,
    omitted: omitted.fields,
    tables: app.app.map((table, at) => viewOf(table, kept[at] ?? [], omitted.fields)),
    because: [...spread, ...omitted.because],
  };
};

function open(tables: readonly AppTable[], why: Reason): Reduction {
  const whole = tables.map(({ name, fields, rows }) => ({ name, fields, rows }));
  return { access: "granted", level: "OPEN", omitted: [], tables: whole, because: [why] };
}

function denied(because: readonly Reason[]): Reduction {
  return { access: "denied", because };
}

/** Kept rows in load order with their multiplicity (SA-PRP-10), without omitted fields (SA-OMT-08, SA-OMT-12). */
function viewOf(table: AppTable, kept: readonly boolean[], omitted: readonly string[]): ViewTable {
  const columns = [...table.fields.keys()].filter((column) => !omitted.includes(table.fields[column] ?? ""));
  return {
    name: table.name,
    fields: columns.map((column) => table.fields[column] ?? ""),
    rows: table.rows.filter((_, row) => kept[row] === true).map((row) => columns.map((column) => row[column] ?? null)),
  };
}

/** No record left of anything selected: each field's values matched, their conjunction did not (SA-RED-10). */
export function isEmpty(tables: readonly AppTable[], selection: Selection, kept: Possible): boolean {
  return (
    selection.size > 0 &&
    [...selection.keys()].every((field) =>
      tables.every((table, at) => !table.fields.includes(field) || kept[at]?.includes(true) !== true),
    )
  );
}
