/** Runs one LOAD, or a stack of preceding ones, from its source to the rows it makes (LS-LOAD-01 … LS-LOAD-06). */
import type { Value } from "../contract/types.ts";
import type { Load, LoadItem } from "../languages/load-script/ast.ts";
import { printExpression } from "../languages/load-script/print-expression.ts";
import { errorAt } from "../languages/load-script/script-text.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import { groupScope, isAggregating, isAggregation, misplacedAggregation } from "./aggregates.ts";
import { compile } from "./expressions.ts";
import type { Evaluate, Row, Scope } from "./expressions.ts";
import { produce } from "./produce.ts";
import type { Stage } from "./produce.ts";
import { recordFunctions } from "./record-functions.ts";
import type { Output } from "./record-functions.ts";
import { settingsOf } from "./settings.ts";
import type { Records } from "./sources.ts";
import { countRows, runError, variable } from "./state.ts";
import type { Located, State } from "./state.ts";

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

interface Scopes {
  /** For WHERE and WHILE. */
  readonly conditions: Scope;
  readonly fields: Scope;
  readonly explosions: ((row: Row) => readonly Value[])[];
}

function scopesOf(state: State, located: Located, records: Records, output: Output): Scopes {
  const { load, source } = located;
  const positions = new Map(records.fields.map((field, position) => [field, position]));
  const special = recordFunctions(state, output, records.path);
  const conditions: Scope = {
    name: (name) => {
      const position = positions.get(name);
      if (position !== undefined) return (row) => row.values[position] ?? null;
      const value = variable(state, name);
      return value === undefined ? undefined : () => value;
    },
    special: (name) => (isAggregation(name) ? misplacedAggregation : special(name)),
    settings: settingsOf(state.variables, state.now),
    fail: (span, message, remedy, code) =>
      errorAt(source, span?.start ?? 0, message, { code: code ?? "script-run", remedy }),
  };
  const explosions: Scopes["explosions"] = [];
  const fields: Scope = {
    ...conditions,
    explode: (parts) => {
      const slot = explosions.push(parts) - 1;
      return (row) => row.pieces[slot] ?? null;
    },
  };
  const grouped = isAggregating(load);
  return {
    conditions,
    fields: grouped ? groupScope(conditions, namesOf(load), (name) => positions.has(name)) : fields,
    explosions,
  };
}

function namesOf({ groupBy }: Load): readonly string[] {
  return groupBy?.flatMap((item) => (item.kind === "name" ? [item.name] : [])) ?? [];
}

/** An expression that GROUP BY names has one value in a group, whatever its fields have. */
function evaluatorOf({ item, from, name }: Column, { fields: scope, conditions }: Scopes, { groupBy }: Load): Evaluate {
  if (item.kind === "field") {
    const text = printExpression(item.value);
    const isKey = groupBy?.some((key) => key.kind !== "name" && printExpression(key) === text);
    return compile(item.value, isKey === true ? conditions : scope);
  }
  const named = scope.name(name, item.span);
  return named ?? ((row) => row.values[from] ?? null);
}

/** What GROUP BY compares; undefined for a LOAD that does not aggregate. */
function groupKeys({ load, source }: Located, { fields }: Records, scope: Scope): readonly Evaluate[] | undefined {
  if (!isAggregating(load)) return undefined;
  return (load.groupBy ?? []).map((item): Evaluate => {
    if (item.kind !== "name") return compile(item, scope);
    const column = fields.indexOf(item.name);
    if (column !== -1) return (row) => row.values[column] ?? null;
    const remedy = "name a field of the source";
    throw runError(source, load.span, `there is no field ${JSON.stringify(item.name)} to group by`, remedy);
  });
}

/** Runs one stage over its records. */
export function runStage(
  state: State,
  located: Located,
  records: Records,
  deliver: Deliver,
): Records & { readonly rows: Value[][] } {
  const { load, source } = located;
  const columns = columnsOf(located, records);
  const delivery = deliver(columns.map((column) => column.name));
  const rows: Value[][] = [];
  const output: Output = { fields: delivery.names, rows, watchers: [], asksPrevious: false };
  const scopes = scopesOf(state, located, records, output);
  const groupBy = groupKeys(located, records, scopes.conditions);
  const stage: Stage = {
    evaluators: columns.map((column) => evaluatorOf(column, scopes, load)),
    where: load.where && compile(load.where, scopes.conditions),
    while: load.while && compile(load.while, scopes.conditions),
    explosions: scopes.explosions,
    groupBy,
    distinct: load.distinct,
    store: delivery.store,
    rowsBefore: delivery.rowsBefore,
    output,
    rows,
    overflow: () => countRows(state, state.rowsLeft + 1, { source, span: load.span }),
    most: state.rowsLeft,
  };
  produce(stage, records.rows);
  countRows(state, rows.length, { source, span: load.span });
  return { ...records, fields: delivery.names, rows };
}
