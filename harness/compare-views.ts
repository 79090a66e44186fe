/** What differs between two views and between two sets of measures. */
import type { Outcome, ViewTable } from "../contract/types.ts";
import { alignedRows, bagOf, byText, shortfall, showRows, showText, showValue, valueKey } from "./values.ts";

/** What kind of difference it is: no name, value or count stands in it, so that it survives other data. */
export type DifferenceCode =
  | "opened-though-refused"
  | "refused-though-opened"
  | "other-kind"
  | "other-code"
  | "other-refuser"
  | "field-shown"
  | "field-missing"
  | "table-shown"
  | "table-missing"
  | "row-shown"
  | "row-missing"
  | "row-malformed"
  | "measure"
  | "allowed-though-denied"
  | "denied-though-allowed"
  | "broken-rules"
  | "other-identity"
  | "session-content"
  | "steps"
  | "relation";

export interface Difference {
  readonly code: DifferenceCode;
  /** One line for a person. */
  readonly text: string;
}

type Found = Generator<Difference, void>;
type View = Extract<Outcome, { kind: "view" }>;
type Measure = Extract<Outcome, { kind: "measure" }>;

/** Names of `left` that `right` lacks, sorted, without repetition. */
export function without(left: readonly string[], right: readonly string[]): readonly string[] {
  const known = new Set(right);
  return [...new Set(left)].filter((name) => !known.has(name)).toSorted(byText);
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return without(left, right).length === 0 && without(right, left).length === 0;
}

function list(names: readonly string[]): string {
  return names.map(showText).join(", ");
}

function* fieldDifferences(where: string, expected: readonly string[], observed: readonly string[]): Found {
  const shown = without(observed, expected);
  const missing = without(expected, observed);
  if (shown.length > 0) yield { code: "field-shown", text: `${where}field shown though hidden: ${list(shown)}` };
  if (missing.length > 0) yield { code: "field-missing", text: `${where}field missing: ${list(missing)}` };
}

function* tableDifferences(expected: ViewTable, observed: ViewTable, told: ReadonlySet<string>): Found {
  const where = `table ${showText(expected.name)}: `;
  const ragged = observed.rows.find((row) => row.length !== observed.fields.length);
  if (ragged !== undefined || new Set(observed.fields).size !== observed.fields.length) {
    const what = ragged === undefined ? "a field stands twice" : `a row has ${ragged.length} cells`;
    yield { code: "row-malformed", text: `${where}${what}, the table names ${observed.fields.length} fields` };
    return;
  }
  const untold = (fields: readonly string[]): readonly string[] => fields.filter((field) => !told.has(field));
  yield* fieldDifferences(where, untold(expected.fields), untold(observed.fields));
  if (!sameNames(expected.fields, observed.fields)) return;
  const wanted = bagOf(expected.rows);
  const got = bagOf(alignedRows(observed, expected.fields));
  const shown = shortfall(got, wanted);
  const missing = shortfall(wanted, got);
  if (shown.length > 0) yield { code: "row-shown", text: `${where}${rows(shown.length)} too many: ${showRows(shown)}` };
  if (missing.length > 0) {
    yield { code: "row-missing", text: `${where}${rows(missing.length)} missing: ${showRows(missing)}` };
  }
}

function rows(count: number): string {
  return count === 1 ? "1 row" : `${count} rows`;
}

/** Tables by name in any order, fields in any order, rows as bags; field lists as sets. */
export function* viewDifferences(expected: View, observed: View): Found {
  yield* fieldDifferences("", expected.fields, observed.fields);
  // What the field list tells is not told again for each table.
  const told = new Set([...without(expected.fields, observed.fields), ...without(observed.fields, expected.fields)]);
  const names = observed.tables.map(({ name }) => name);
  const shown = without(
    names,
    expected.tables.map(({ name }) => name),
  );
  if (shown.length > 0) yield { code: "table-shown", text: `table shown though hidden: ${list(shown)}` };
  if (new Set(names).size !== names.length) yield { code: "table-shown", text: "a table is shown twice" };
  for (const table of expected.tables) {
    const other = observed.tables.find(({ name }) => name === table.name);
    if (other === undefined) yield { code: "table-missing", text: `table missing: ${showText(table.name)}` };
    else yield* tableDifferences(table, other, told);
  }
}

export function* measureDifferences(expected: Measure, observed: Measure): Found {
  const names = [...new Set([...Object.keys(expected.values), ...Object.keys(observed.values)])].toSorted(byText);
  for (const name of names) {
    const wanted = expected.values[name];
    const got = observed.values[name];
    if (wanted === undefined || got === undefined || valueKey(wanted) !== valueKey(got)) {
      const sides = [wanted, got].map((value) => (value === undefined ? "nothing" : showValue(value)));
      yield { code: "measure", text: `${showText(name)}: expected ${sides[0]}, observed ${sides[1]}` };
    }
  }
}
