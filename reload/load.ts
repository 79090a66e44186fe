/** Runs one LOAD, or a stack of preceding ones, from its source to the rows it makes (LS-LOAD-01 … LS-LOAD-06). */
import type { Value } from "../contract/types.ts";
import type { LoadItem } from "../languages/load-script/ast.ts";
import { errorAt } from "../languages/load-script/script-text.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import { compile } from "./expressions.ts";
import type { Evaluate, Row, Scope } from "./expressions.ts";
import { isTrue } from "./functions.ts";
import { recordFunctions } from "./record-functions.ts";
import type { Output } from "./record-functions.ts";
import type { Records } from "./sources.ts";
import { countRows, runError, variable } from "./state.ts";
import type { Located, State } from "./state.ts";
import { keyOf } from "./values.ts";

/** How a stage hands its rows on: the names its fields get, the values as kept, and how many rows stand before. */
export interface Delivery {
  readonly names: readonly string[];
  readonly store: (value: Value, column: number) => Value;
  readonly rowsBefore: number;
}

/** Decides on the delivery once the field names are known. */
export type Deliver = (names: readonly string[]) => Delivery;

/** A stage passes its rows to the LOAD above as they are. */
export const passOn: Deliver = (names) => ({ names, store: (value) => value, rowsBefore: 0 });

interface Column {
  readonly name: string;
  readonly item: LoadItem;
  /** For `*`: which field of the source. */
  readonly from: number;
}

/** Name of a field: the alias, the field's own, else the text of the expression (LS-LOAD-01). */
function nameOf(item: LoadItem & { readonly kind: "field" }, source: ScriptText): string {
  if (item.alias !== undefined) return item.alias;
  if (item.value.kind === "name") return item.value.name;
  const { start, end } = item.value.span ?? { start: 0, end: 0 };
  return source.text.slice(start, end).trim();
}

function columnsOf({ load, source }: Located, records: Records): readonly Column[] {
  const columns = load.fields.flatMap((item): readonly Column[] =>
    item.kind === "all"
      ? records.fields.map((name, from) => ({ name, item, from }))
      : [{ name: nameOf(item, source), item, from: -1 }],
  );
  const seen = new Set<string>();
  for (const { name, item } of columns) {
    if (seen.has(name)) {
      throw runError(
        source,
        item.span,
        `field ${JSON.stringify(name)} is named twice`,
        "rename one of the two with AS",
      );
    }
    seen.add(name);
  }
  if (columns.length > 0) return columns;
  throw runError(source, load.span, "the load gives no field", "name at least one field or expression");
}

function scopeOf(state: State, { source }: Located, fields: readonly string[], output: Output): Scope {
  const positions = new Map(fields.map((field, position) => [field, position]));
  return {
    name: (name) => {
      const position = positions.get(name);
      if (position !== undefined) return (row) => row.values[position] ?? null;
      const value = variable(state, name);
      return value === undefined ? undefined : () => value;
    },
    special: recordFunctions(state, output),
    fail: (span, message, remedy, code) =>
      errorAt(source, span?.start ?? 0, message, { code: code ?? "script-run", remedy }),
  };
}

function evaluatorOf({ item, from }: Column, scope: Scope): Evaluate {
  return item.kind === "all" ? (row) => row.values[from] ?? null : compile(item.value, scope);
}

/** Remembers rows; tells whether one is new (LS-LOAD-06). */
function newRowTest(distinct: boolean): (row: readonly Value[]) => boolean {
  if (!distinct) return () => true;
  const seen = new Set<string>();
  return (row) => {
    const { size } = seen;
    return seen.add(JSON.stringify(row.map(keyOf))).size > size;
  };
}

interface Stage {
  readonly evaluators: readonly Evaluate[];
  readonly where: Evaluate | undefined;
  readonly delivery: Delivery;
  readonly isNew: (row: readonly Value[]) => boolean;
  readonly watchers: Output["watchers"];
}

function produce(stage: Stage, records: Records, rows: Value[][]): void {
  const { store, rowsBefore } = stage.delivery;
  let previous: Row | undefined;
  for (const [index, values] of records.rows.entries()) {
    const row: Row = { values, previous, recNo: index + 1, rowNo: rowsBefore + rows.length + 1 };
    if (stage.where !== undefined && !isTrue(stage.where(row))) continue;
    const made = stage.evaluators.map((evaluate, column) => store(evaluate(row), column));
    previous = row;
    if (!stage.isNew(made)) continue;
    rows.push(made);
    for (const { column, values: seen } of stage.watchers) seen.add(keyOf(made[column] ?? null));
  }
}

/** Runs one stage over its records. */
export function runStage(state: State, located: Located, records: Records, deliver: Deliver): Records {
  const { load, source } = located;
  const columns = columnsOf(located, records);
  const delivery = deliver(columns.map((column) => column.name));
  const rows: Value[][] = [];
  const output: Output = { fields: delivery.names, rows, watchers: [] };
  const scope = scopeOf(state, located, records.fields, output);
  const stage: Stage = {
    evaluators: columns.map((column) => evaluatorOf(column, scope)),
    where: load.where && compile(load.where, scope),
    delivery,
    isNew: newRowTest(load.distinct),
    watchers: output.watchers,
  };
  produce(stage, records, rows);
  countRows(state, rows.length, { source, span: load.span });
  return { fields: delivery.names, rows, inline: records.inline };
}
