/**
 * Why a view is what it is, made when asked for: the arbiter's own words about names, grants and links, put to tables
 * without their rows; only what depends on rows (NULL, equal rows) is found out on codes.
 */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal, Reason, Value } from "../../contract/types.ts";
import type { AppTable } from "../../reload/model.ts";
import type { EncodedApp, EncodedTables } from "./columnar-encode.ts";
import { leavesNothing, type Seat, type View } from "./columnar-opening.ts";
import { headersOf, type Rights } from "./columnar-rights.ts";
import { viewSees } from "./columnar-rows.ts";
import { standingOf } from "./identity.ts";
import { omission } from "./omit.ts";
import { linked, type Selection } from "./propagation.ts";
import { reducingSelection } from "./reducing.ts";
import { whyPropagated } from "./spreading.ts";

function distinctValues(app: EncodedApp, table: number, column: number): readonly Value[] {
  const { cell, size } = app.tables[table] ?? { cell: () => null, size: 0 };
  const found = new Map<unknown, Value>();
  for (let row = 0; row < size; row++) {
    const value = cell(row, column);
    const key = value !== null && typeof value === "object" ? `${value.n} ${value.t} dual` : value;
    if (!found.has(key)) found.set(key, value);
  }
  return [...found.values()];
}

function distilledTable(app: EncodedApp, at: number, reducing: ReadonlySet<string>): AppTable {
  const { name, fields, loosened } = app.tables[at] ?? { name: "", fields: [], loosened: false };
  const columns = fields.map((field, column) => (reducing.has(field) ? distinctValues(app, at, column) : []));
  const length = columns.reduce((most, values) => Math.max(most, values.length), 0);
  const rows = Array.from({ length }, (_, row) => columns.map((values) => values[row] ?? null));
  return { name, fields, loosened, rows };
}

const distilled = new WeakMap<Rights, readonly AppTable[]>();

/** The app's tables with the distinct values of the reducing fields, in load order, for rows. */
function distilledApp(app: EncodedApp, rights: Rights): readonly AppTable[] {
  const reducing = new Set(rights.reducing.flatMap(({ appFields }) => appFields));
  const made = distilled.get(rights) ?? app.tables.map((_, at) => distilledTable(app, at, reducing));
  distilled.set(rights, made);
  return made;
}

/** Rows whose selected field is NULL are lost (SA-RED-08). */
function whyLost({ field: encoded }: EncodedTables, fields: readonly string[]): Reason[] {
  return fields.flatMap((field): Reason[] =>
    encoded(field).columns.some((codes) => codes?.includes(0) === true)
      ? [{ requirement: "SA-RED-08", evidence: `rows whose ${field} is NULL are lost` }]
      : [],
  );
}

const repeatedRows = new WeakMap<EncodedApp, Map<number, readonly number[]>>();

/** One row of each set of equal rows of a table; equal rows are seen together or not at all. */
function repeatedOf(app: EncodedApp, table: number): readonly number[] {
  const known = repeatedRows.get(app) ?? new Map<number, readonly number[]>();
  repeatedRows.set(app, known);
  const made = known.get(table) ?? findRepeated(app, table);
  known.set(table, made);
  return made;
}

function findRepeated(app: EncodedApp, table: number): readonly number[] {
  const { fields, size } = app.tables[table] ?? { fields: [], size: 0 };
  let groups = new Float64Array(size);
  let count = 1;
  for (const field of fields) {
    const { columns, values } = app.field(field);
    const ids = new Map<number, number>();
    const finer = new Float64Array(size);
    for (let row = 0; row < size; row++) {
      const pair = (groups[row] ?? 0) * values.length + (columns[table]?.[row] ?? 0);
      const id = ids.get(pair) ?? ids.size;
      ids.set(pair, id);
      finer[row] = id;
    }
    groups = finer;
    count = ids.size;
    if (count === size) return [];
  }
  const first = new Map<number, number>();
  const repeated = new Set<number>();
  for (const [row, group] of groups.entries()) {
    const held = first.get(group);
    if (held === undefined) first.set(group, row);
    else repeated.add(held);
  }
  return [...repeated];
}

function whyRepeated(app: EncodedApp, view: View): Reason[] {
  const names = app.tables.flatMap(({ name }, at) => {
    const sees = viewSees(view, at);
    return repeatedOf(app, at).some((row) => sees(row)) ? [name] : [];
  });
  return names.length === 0
    ? []
    : [{ requirement: "SA-PRP-10", evidence: `${names.join(", ")}: equal rows stay several` }];
}

function whySpread(app: EncodedApp, view: View, selected: Selection, dialect: Dialect): Reason[] {
  if (selected.size === 0) return [];
  const cut = dialect.omittedKey === "cut" ? view.decision.omitted : [];
  const { model, selection } = linked(headersOf(app), selected, cut);
  return [
    ...whyPropagated(model, selection, []),
    ...whyLost(view.together.tables, [...selection.keys()]),
    ...whyRepeated(app, view),
  ];
}

export interface Asked {
  readonly app: EncodedApp;
  readonly rights: Rights | undefined;
  readonly dialect: Dialect;
}

/** The reasons the arbiter gives for the same user. */
export function whySeat({ app, rights, dialect }: Asked, who: Principal, seat: Seat): readonly Reason[] {
  if (rights === undefined) {
    return app.access === undefined
      ? [{ requirement: "SA-SCR-02", evidence: "the script has no Section Access" }]
      : [{ requirement: "SA-LIF-02", evidence: "the app is not published" }];
  }
  const { tables, headers } = rights;
  const standing = standingOf(tables, who, dialect);
  const { level } = standing;
  if (level === undefined) return standing.because;
  const omitted = omission(standing, tables, headers, dialect);
  const asking = { tables, app: distilledApp(app, rights), level, dialect, omitted: omitted.fields };
  const reducing = reducingSelection(standing, asking);
  const because = [...standing.because, ...reducing.because];
  if (!reducing.granted || seat.kind === "open" || seat.view === undefined) return because;
  because.push(...whySpread(app, seat.view, reducing.selection, dialect));
  if (leavesNothing(app, seat.view)) because.push({ requirement: "SA-RED-10", evidence: "no record fits all fields" });
  return seat.kind === "granted" ? [...because, ...omitted.because] : because;
}
