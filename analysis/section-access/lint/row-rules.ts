/** Findings about single rows of section access: levels, blanks, repetitions, rows shorter or longer than their head. */
import { isBlank, isStar, linkKey, textOf } from "../../../reference/section-access/values.ts";
import { finding, type Finding } from "./finding.ts";
import { cellsOf, isIdentity, placeOfCell, type Subject } from "./subject.ts";

export function levels(subject: Subject): readonly Finding[] {
  return cellsOf(subject, (field) => field === "ACCESS").flatMap((cell) => {
    const text = textOf(cell.value);
    const isLevel =
      text === "ADMIN" || text === "USER" || (isStar(cell.value) && subject.dialect.accessStar === "admin");
    if (isLevel) return [];
    const message = `ACCESS is ${text === "" ? "blank" : text}, neither ADMIN nor USER: the row lets nobody in`;
    return [finding("invalid-level", placeOfCell(subject, cell), message)];
  });
}

export function blankIdentities(subject: Subject): readonly Finding[] {
  if (subject.dialect.blankIdentity !== "nobody") return [];
  return cellsOf(subject, isIdentity)
    .filter(({ value }) => isBlank(value))
    .map((cell) => {
      const message = `${cell.field} is blank and matches nobody: the row applies to no user, whatever its other cells say; * would match all`;
      return finding("blank-identity", placeOfCell(subject, cell), message);
    });
}

export function duplicates(subject: Subject): readonly Finding[] {
  return subject.tables.flatMap((table, at) => {
    const first = new Map<string, number>();
    return table.rows.flatMap((row, index): Finding[] => {
      const key = JSON.stringify(row.map((value) => (isBlank(value) ? "" : linkKey(value))));
      const earlier = first.get(key);
      if (earlier === undefined) {
        first.set(key, index);
        return [];
      }
      const message = `row ${index + 1} of ${table.name} says what row ${earlier + 1} says: whoever changes one of them changes nothing`;
      return [finding("duplicate-row", subject.places.cellAt(at, index), message)];
    });
  });
}

/** Rows of inline data and files whose cells are fewer or more than the names above them. */
export function ragged(subject: Subject): readonly Finding[] {
  return subject.places.sources.flatMap(({ sheet, placeAt }) => {
    const width = sheet.labels?.cells.length;
    if (width === undefined) return [];
    return sheet.records.flatMap(({ cells, offset }): Finding[] => {
      if (cells.length === width) return [];
      const place = placeAt(cells[0]?.offset ?? offset);
      const have = `the row has ${cells.length} cells under ${width} names`;
      return [
        cells.length < width
          ? finding("short-row", place, `${have}: what is missing is NULL, as if it were blank`)
          : finding("long-row", place, `${have}: what is too much is dropped, be it a value or a name to hide`),
      ];
    });
  });
}
