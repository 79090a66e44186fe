/** Findings about values: what the data hold and nobody lists, what is listed and cannot match, stars that stand for nothing. */
import type { Value } from "../../../contract/types.ts";
import { borderKey, isBlank, isStar, textOf, upperText } from "../../../reference/section-access/values.ts";
import { distinct, valuesOf } from "../columns.ts";
import { finding, type Finding } from "./finding.ts";
import { cellsOf, placeOfCell, reducingNames, selectsIn, type AccessCell, type Subject } from "./subject.ts";

/** Values named in one message; the rest is counted. */
const most = 5;

export function some(values: readonly string[]): string {
  const told = values.slice(0, most).join(", ");
  return values.length > most ? `${told} and ${values.length - most} more` : told;
}

/** Tabs and blanks that no load takes off: U+00A0, U+200B, U+FEFF and their kin. */
const odd = /[\t\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]/;

function hasOddSpace(value: Value): boolean {
  return odd.test(textOf(value));
}

export function whiteSpace(subject: Subject): readonly Finding[] {
  return cellsOf(subject, () => true)
    .filter(({ asWritten }) => hasOddSpace(asWritten))
    .map((cell) => {
      const message = `${cell.field} is ${JSON.stringify(textOf(cell.asWritten))}: a load takes off blanks, not tabs or no-break spaces, so the cell matches nobody and nothing`;
      return finding("white-space", placeOfCell(subject, cell), message);
    });
}

interface ReducingColumn {
  readonly name: string;
  readonly appFields: readonly string[];
  readonly cells: readonly AccessCell[];
  /** Values somebody lists. */
  readonly listed: readonly Value[];
  readonly data: readonly Value[];
}

function reducingColumns(subject: Subject): readonly ReducingColumn[] {
  return reducingNames(subject).map((name) => {
    const appFields = selectsIn(subject, name);
    const cells = cellsOf(subject, (field) => field === name);
    const data = distinct(appFields.flatMap((field) => valuesOf(subject.loaded.app, field)));
    const listed = distinct(cells.map(({ value }) => value)).filter((value) => !isBlank(value) && !isStar(value));
    return { name, appFields, cells, listed, data: data.filter((value) => !isBlank(value)) };
  });
}

/** A text of the data that no value in upper case equals (SA-CASE-04). */
export function isOutOfReach(value: Value, { dialect }: Subject): boolean {
  return typeof value === "string" && dialect.valueMatch === "exactUpper" && upperText(value) !== value;
}

function keysOf(values: readonly Value[], { dialect }: Subject): ReadonlySet<string | undefined> {
  return new Set(values.map((value) => borderKey(value, dialect)));
}

export function mixedCase(subject: Subject): readonly Finding[] {
  return reducingColumns(subject).flatMap(({ appFields, data }) => {
    const lost = data.filter((value) => isOutOfReach(value, subject)).map(textOf);
    const table = subject.loaded.app.find((each) => each.fields.some((field) => appFields.includes(field)));
    if (lost.length === 0) return [];
    const message = `${some(lost)} of ${appFields.join(", ")} is not in upper case, as every value of section access is: no row can ever let a user see it`;
    return [finding("mixed-case-value", subject.loadOf(table?.name ?? ""), message)];
  });
}

export function unlisted(subject: Subject): readonly Finding[] {
  return reducingColumns(subject).flatMap(({ name, appFields, data, listed }) => {
    const keys = keysOf(listed, subject);
    const lost = data.filter((value) => !keys.has(borderKey(value, subject.dialect)) && !isOutOfReach(value, subject));
    const table = subject.tables.findIndex((each) => each.fields.includes(name));
    if (lost.length === 0 || listed.length === 0) return [];
    const message = `no row lists ${some(lost.map(textOf))} of ${appFields.join(", ")}: nobody who is reduced sees it, not by * either`;
    return [finding("unlisted-value", subject.places.labelAt(table, name), message)];
  });
}

export function absent(subject: Subject, told: (cell: AccessCell) => boolean): readonly Finding[] {
  return reducingColumns(subject).flatMap(({ name, cells, data }) => {
    const keys = keysOf(data, subject);
    const raised = new Set(data.map((value) => upperText(textOf(value))));
    const lost = cells.filter(
      (cell) =>
        !isBlank(cell.value) &&
        !isStar(cell.value) &&
        !keys.has(borderKey(cell.value, subject.dialect)) &&
        // Misspelt by letter case or by a tab, it has a finding of its own.
        !raised.has(textOf(cell.value)) &&
        !hasOddSpace(cell.asWritten) &&
        !told(cell),
    );
    return lost.map((cell) => {
      const message = `${name} ${textOf(cell.value)} is not in the data: the cell lets nobody see anything`;
      return finding("absent-value", placeOfCell(subject, cell), message);
    });
  });
}

/** Whether a star of the column stands for no value of the data. */
function standsForNothing(column: ReducingColumn, subject: Subject, star: AccessCell): boolean {
  const scope =
    subject.dialect.starScope === "table" ? column.cells.filter(({ table }) => table === star.table) : column.cells;
  return scope.every(({ value }) => isBlank(value) || isStar(value));
}

export function loneStar(subject: Subject): readonly Finding[] {
  return reducingColumns(subject).flatMap((column) => {
    const star = column.cells.find(({ value }) => isStar(value));
    if (star === undefined || !standsForNothing(column, subject, star)) return [];
    const message = `* of ${column.name} stands for the values listed in its column, and there are none: a USER with it is refused, an ADMIN sees everything`;
    return [finding("lone-star", placeOfCell(subject, star), message)];
  });
}

export function omitNames(subject: Subject): readonly Finding[] {
  const inApp = new Set(subject.loaded.app.flatMap((table) => table.fields).map(upperText));
  const pattern = subject.dialect.omitPattern === "glob" ? /[*?]/ : /(?!)/;
  return cellsOf(subject, (field) => field === "OMIT").flatMap((cell) => {
    const name = textOf(cell.value);
    if (isBlank(cell.value) || isStar(cell.value) || inApp.has(upperText(name)) || pattern.test(name)) return [];
    if (hasOddSpace(cell.asWritten)) return [];
    const parts = name.split(/[;,|/]/).map((part) => upperText(part.trim()));
    const isList = parts.length > 1 && parts.some((part) => inApp.has(part));
    const message = isList
      ? `OMIT ${name} is a list: a cell holds one name, so nothing of it is hidden; write a row for each`
      : `OMIT ${name} names no field of the app: nothing is hidden by it`;
    return [finding(isList ? "omit-list" : "omit-unknown", placeOfCell(subject, cell), message)];
  });
}

export function omitDelicate(subject: Subject): readonly Finding[] {
  const { app } = subject.loaded;
  const reducing = new Set(reducingNames(subject).flatMap((name) => selectsIn(subject, name)));
  const cells = cellsOf(subject, (field) => field === "OMIT").filter(({ value }) => !isBlank(value) && !isStar(value));
  const first = [...new Map(cells.toReversed().map((cell) => [textOf(cell.value), cell])).values()].toReversed();
  return first.flatMap((cell) => {
    const name = app
      .flatMap((table) => table.fields)
      .find((field) => upperText(field) === upperText(textOf(cell.value)));
    if (name === undefined) return [];
    const place = placeOfCell(subject, cell);
    if (reducing.has(name))
      return [
        finding(
          "omit-reducing",
          place,
          `OMIT hides ${name}, by which rows are reduced: whether a server reduces first is not documented`,
        ),
      ];
    const holders = app.filter((table) => table.fields.includes(name));
    if (holders.length < 2) return [];
    const tables = holders.map((table) => table.name).join(" and ");
    return [
      finding(
        "omit-key",
        place,
        `OMIT hides ${name}, which links ${tables}: whether they stay linked is not documented`,
      ),
    ];
  });
}
