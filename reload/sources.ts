/** The records a LOAD reads, from whatever source it names (LS-LOAD-03, LS-LOAD-04, LS-INL-02, LS-TXT-01). */
import type { Value } from "../contract/types.ts";
import type { FileFormat, Load, LoadSource, OrderItem, Span } from "../languages/load-script/ast.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import { compile, noRow } from "./expressions.ts";
import { variableScope } from "./variables.ts";
import { findTable, maximalRows, runError } from "./state.ts";
import type { State } from "./state.ts";
import { readTextTable } from "./text-table.ts";
import { interpreter, settingsIn } from "./interpretation.ts";
import { numberOf, ownNumber, stripBlanks, textOf } from "./values.ts";

export interface Records {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  /** Whether they come from inline data; a RESIDENT load of such rows is none. */
  readonly inline: boolean;
}

type Sourced<Kind extends LoadSource["kind"]> = Extract<LoadSource, { readonly kind: Kind }>;

/** `SET Verbatim=1` keeps the blanks around names and values (LS-INL-03). */
export function isVerbatim(state: State): boolean {
  return numberOf(state.variables.get("Verbatim") ?? null) === 1;
}

/** A cell as a value; the symbol of `SET NullInterpret` is NULL (LS-INL-04). */
function cellReader(state: State): (cell: string) => Value {
  const verbatim = isVerbatim(state);
  const symbol = textOf(state.variables.get("NullInterpret") ?? null);
  const interpret = interpreter(settingsIn(state.variables));
  return (cell) => {
    const text = verbatim ? cell : stripBlanks(cell);
    return text === symbol ? null : interpret(text);
  };
}

interface TextSource {
  readonly text: string;
  readonly format: FileFormat;
  readonly source: ScriptText;
  readonly span: Span | undefined;
}

/** Missing cells of a short row are NULL, surplus ones of a long row are ignored (LS-INL-04). */
function readText(state: State, from: TextSource): Omit<Records, "inline"> {
  if (from.format.labels === "explicit") {
    throw runError(from.source, from.span, "explicit labels are not read", "use embedded labels or no labels");
  }
  const clean = isVerbatim(state) ? (cell: string) => cell : stripBlanks;
  const table = readTextTable(from.text, from.format, clean);
  if ("fault" in table) throw runError(from.source, from.span, table.fault, table.remedy);
  const read = cellReader(state);
  const rows = table.rows.map((cells) =>
    table.names.map((_, column) => {
      const cell = cells[column];
      return cell === undefined ? null : read(cell);
    }),
  );
  return { fields: table.names, rows };
}

function readFile(state: State, file: Sourced<"file">, source: ScriptText): Records {
  const text = state.files(file.path);
  if (text === undefined) {
    const remedy = "hand the file in under the path the script uses";
    throw runError(source, file.span, `there is no file ${JSON.stringify(file.path)}`, remedy);
  }
  return { ...readText(state, { text, format: file.format ?? {}, source, span: file.span }), inline: false };
}

/** Numbers first and by size, then texts; NULL last (LS-LOAD-04). */
function compareValues(left: Value, right: Value): number {
  const [leftNumber, rightNumber] = [ownNumber(left), ownNumber(right)];
  if (leftNumber !== undefined && rightNumber !== undefined) return leftNumber - rightNumber;
  if (leftNumber !== undefined) return -1;
  if (rightNumber !== undefined) return 1;
  const [leftText, rightText] = [textOf(left), textOf(right)];
  if (leftText === undefined || rightText === undefined)
    return Number(leftText === undefined) - Number(rightText === undefined);
  return leftText < rightText ? -1 : Number(leftText > rightText);
}

function sorted(records: Records, order: readonly OrderItem[], fail: (field: string) => Error): Records {
  const keys = order.map(({ field, descending }) => {
    const column = records.fields.indexOf(field);
    if (column === -1) throw fail(field);
    return { column, sign: descending ? -1 : 1 };
  });
  const rows = records.rows.toSorted((left, right) => {
    for (const { column, sign } of keys) {
      const way = compareValues(left[column] ?? null, right[column] ?? null);
      if (way !== 0) return way * sign;
    }
    return 0;
  });
  return { ...records, rows };
}

function readResident(state: State, load: Load, resident: Sourced<"resident">, source: ScriptText): Records {
  const found = findTable(state, resident.table);
  if (found === undefined) {
    const remedy = "look at the table labels loaded before; letter case counts";
    throw runError(source, resident.span, `there is no table ${JSON.stringify(resident.table)}`, remedy);
  }
  const { fields, rows } = found.table;
  const records: Records = { fields: [...fields], rows: [...rows], inline: false };
  if (load.orderBy === undefined) return records;
  return sorted(records, load.orderBy, (field) =>
    runError(source, load.span, `there is no field ${JSON.stringify(field)} to order by`, "name a field of the table"),
  );
}

function generate(state: State, from: Sourced<"autogenerate">, source: ScriptText): Records {
  const count = numberOf(compile(from.count, variableScope(state, source))(noRow)) ?? Number.NaN;
  if (!(count >= 0 && count <= maximalRows)) {
    const message = Number.isNaN(count) ? "AUTOGENERATE has no number" : `AUTOGENERATE asks for ${count} rows`;
    throw runError(source, from.span, message, `ask for at most ${maximalRows} rows`);
  }
  return { fields: [], rows: Array.from({ length: Math.trunc(count) }, () => []), inline: false };
}

/** The records of a source. Throws `script-run` for a file, table or count there is not. */
export function readRecords(state: State, load: Load, source: ScriptText): Records | undefined {
  const from = load.source;
  switch (from.kind) {
    case "inline":
      return {
        ...readText(state, { text: from.data, format: from.format ?? {}, source, span: from.span }),
        inline: true,
      };
    case "file":
      return readFile(state, from, source);
    case "resident":
      return readResident(state, load, from, source);
    case "autogenerate":
      return generate(state, from, source);
    case "preceding":
      return undefined;
  }
}
