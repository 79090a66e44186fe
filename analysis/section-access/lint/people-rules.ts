/** Findings about people: who is locked out, who sees more than his rows say, and the accounts of the site itself. */
import type { Principal, Value } from "../../../contract/types.ts";
import { isSystemField } from "../../../reference/section-access/names.ts";
import { linked, possibleRows, type Selection } from "../../../reference/section-access/propagation.ts";
import { borderKey, isBlank, isStar, textOf, upperText } from "../../../reference/section-access/values.ts";
import { valuesOf } from "../columns.ts";
import { applyingRows, situationOf, type DecidedField, type Situation } from "../situation.ts";
import { finding, type Finding } from "./finding.ts";
import {
  nobody,
  placeOfCell,
  reducingNames,
  selectsIn,
  type AccessCell,
  type Person,
  type Subject,
} from "./subject.ts";
import { isOutOfReach, some } from "./value-rules.ts";

function situation({ loaded, dialect }: Subject, who: Principal): Situation | undefined {
  return situationOf({ loaded, who }, dialect);
}

/** The cells of the rows that apply to a user, in one field. */
function ownCells(of: Situation, field: string): readonly AccessCell[] {
  return applyingRows(of).flatMap(({ table, row }) => {
    const each = of.tables[table];
    const column = each?.fields.indexOf(field) ?? -1;
    if (column < 0) return [];
    const [value, asWritten] = [each?.rows[row]?.[column] ?? null, each?.asWritten[row]?.[column] ?? null];
    return [{ table, row, field, value, asWritten }];
  });
}

/** Whether the data have the value in another letter case, or it is a star: those have findings of their own. */
function toldElsewhere(subject: Subject, cell: AccessCell): boolean {
  if (isStar(cell.value)) return true;
  const data = selectsIn(subject, cell.field).flatMap((field) => valuesOf(subject.loaded.app, field));
  return data.some((value) => isOutOfReach(value, subject) && upperText(textOf(value)) === textOf(cell.value));
}

export interface LockedOut {
  readonly person: Person;
  readonly cells: readonly AccessCell[];
  readonly field: string;
}

/** Users whom strict exclusion refuses though rows name them. */
export function lockedOutIn(subject: Subject): readonly LockedOut[] {
  return subject.people.flatMap((person) => {
    const of = situation(subject, person.who);
    if (of === undefined || of.standing.level === undefined || of.selection !== undefined) return [];
    // What system fields in the data do has findings of its own.
    const missed = of.decided.filter(
      ({ field, decision }) => decision.kind === "missed" && !isSystemField(field.name, subject.dialect),
    );
    return missed.flatMap(({ field }: DecidedField) => {
      const cells = ownCells(of, field.name);
      return cells.some((cell) => toldElsewhere(subject, cell)) ? [] : [{ person, cells, field: field.name }];
    });
  });
}

/** One finding for all whom the same cells lock out. */
export function lockedOut(subject: Subject, locked: readonly LockedOut[]): readonly Finding[] {
  const byCells = new Map<string, LockedOut[]>();
  for (const each of locked) {
    const key = JSON.stringify([each.field, each.cells.map(({ table, row }) => [table, row])]);
    byCells.set(key, [...(byCells.get(key) ?? []), each]);
  }
  return [...byCells.values()].flatMap((same): Finding[] => {
    const [one] = same;
    if (one === undefined) return [];
    const { cells, field } = one;
    const values = cells.filter(({ value }) => !isBlank(value)).map(({ value }) => textOf(value));
    const why = values.length === 0 ? `${field} is blank` : `${field} ${some([...new Set(values)])} is not in the data`;
    const [first] = cells;
    const place = first === undefined ? undefined : placeOfCell(subject, first);
    const users = same.map(({ person }) => person.name);
    return [finding("locked-out", place, `${why}: strict exclusion refuses ${some(users)} the app`, users)];
  });
}

/** The account that reloads apps on a site. Where users are known by e-mail it needs no row. */
const scheduler: Person = {
  who: { ...nobody, directory: "INTERNAL", id: "SA_SCHEDULER" },
  name: "INTERNAL\\SA_SCHEDULER",
};

export function missingScheduler(subject: Subject): readonly Finding[] {
  if (subject.dialect.userEmail === "email") return [];
  const of = situation(subject, scheduler.who);
  if (of === undefined || of.standing.level !== undefined) return [];
  const message = `no row lets in ${scheduler.name}, the account that reloads: after a reload task the app cannot be opened, and the task fails`;
  return [finding("no-scheduler", subject.places.cellAt(0, 0), message)];
}

export function serviceAccounts(subject: Subject): readonly Finding[] {
  if (reducingNames(subject).length === 0) return [];
  return subject.people.flatMap((person) => {
    if (upperText(person.who.directory) !== "INTERNAL") return [];
    const of = situation(subject, person.who);
    if (of?.selection === undefined || of.selection.size > 0) return [];
    const [first] = applyingRows(of);
    const place = first === undefined ? undefined : subject.places.cellAt(first.table, first.row);
    const message = `${person.name} sees everything: so does anybody who holds the site's certificate, with which every account can be named`;
    return [finding("service-account", place, message, [person.name])];
  });
}

/** A star reads the values listed in its column, for whomever; a blank reads none. */
function selectionOfRow(of: Situation, row: readonly AccessCell[], subject: Subject): Selection {
  return new Map(
    row.flatMap(({ field, value }) =>
      selectsIn(subject, field).map((name) => {
        const whole = of.selection?.get(name);
        const key = borderKey(value, subject.dialect);
        const fits = (data: Value): boolean =>
          whole?.(data) === true && (isStar(value) || borderKey(data, subject.dialect) === key);
        return [name, fits] as const;
      }),
    ),
  );
}

/** The rows of one user that give values in two reducing fields or more, as cells by row. */
function pairedRows(of: Situation, fields: readonly string[]): readonly (readonly AccessCell[])[] {
  const cells = fields.flatMap((field) => ownCells(of, field));
  const byRow = new Map<string, AccessCell[]>();
  for (const cell of cells) {
    const key = `${cell.table} ${cell.row}`;
    byRow.set(key, [...(byRow.get(key) ?? []), cell]);
  }
  const rows = [...byRow.values()];
  return rows.every((row) => row.length === fields.length && row.every(({ value }) => !isBlank(value))) ? rows : [];
}

/** Rows of each table that only the mixture of a user's rows lets through, none of them alone. */
function extraRows(of: Situation, rows: readonly (readonly AccessCell[])[], subject: Subject): readonly string[] {
  const { app } = subject.loaded;
  const kept = (selection: Selection): readonly (readonly boolean[])[] => {
    const { model, selection: made } = linked(app, selection, []);
    return possibleRows(model, made);
  };
  const whole = kept(of.selection ?? new Map());
  const each = rows.map((row) => kept(selectionOfRow(of, row, subject)));
  return app.flatMap((table, at) => {
    const extra = [...table.rows.keys()].filter(
      (row) => whole[at]?.[row] === true && each.every((one) => one[at]?.[row] !== true),
    );
    const numbers = some(extra.map((row) => String(row + 1)));
    return extra.length === 0 ? [] : [`${extra.length === 1 ? "row" : "rows"} ${numbers} of ${table.name}`];
  });
}

/** Rows that name every pair of their values add nothing by being mixed; nor does a single one. */
function isProduct(rows: readonly (readonly AccessCell[])[], fields: number): boolean {
  const keys = rows.map((row) => row.map(({ value }) => textOf(value)));
  const values = Array.from({ length: fields }, (_, at) => new Set(keys.map((row) => row[at])).size);
  const pairs = new Set(keys.map((row) => JSON.stringify(row))).size;
  return rows.length < 2 || pairs === values.reduce((product, count) => product * count, 1);
}

export function crossProducts(subject: Subject): readonly Finding[] {
  const fields = reducingNames(subject);
  if (fields.length < 2) return [];
  return subject.people.flatMap((person) => {
    const of = situation(subject, person.who);
    if (of?.selection === undefined) return [];
    const rows = pairedRows(of, fields);
    if (isProduct(rows, fields.length)) return [];
    const extra = extraRows(of, rows, subject);
    const [cell] = rows[0] ?? [];
    if (extra.length === 0 || cell === undefined) return [];
    const message = `the rows of ${person.name} pair ${fields.join(" and ")}, and pairs are not kept: he sees ${extra.join(", ")} that none of his rows names`;
    return [finding("cross-product", subject.places.cellAt(cell.table, cell.row), message, [person.name])];
  });
}
