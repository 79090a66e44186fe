/** What FOR EACH goes through: values, files, folders, the values of a field (LS-CTL-02). */
import type { Value } from "../contract/types.ts";
import type { Expression } from "../languages/load-script/ast.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import { compile, noRow } from "./expressions.ts";
import { filePaths } from "./script-files.ts";
import { lookupOrder, runError } from "./state.ts";
import type { State } from "./state.ts";
import { keyOf, textOf } from "./values.ts";
import { variableScope } from "./variables.ts";

/** Values of a field in load order, each once, NULL left out; of this section's tables when one of them has it. */
function fieldValues(state: State, field: string): readonly Value[] | undefined {
  for (const { tables } of lookupOrder(state)) {
    const having = tables.filter((table) => table.fields.includes(field));
    if (having.length === 0) continue;
    const values = having.flatMap((table) => {
      const column = table.fields.indexOf(field);
      return table.rows.map((row) => row[column] ?? null);
    });
    return [...new Map(values.map((value) => [keyOf(value), value])).values()].filter((value) => value !== null);
  }
  return undefined;
}

/** Folders that fit a mask: what stands before the file name, as deep as the mask is. */
function folders(state: State, mask: string): readonly string[] {
  const depth = mask.split(/[\\/]/).length;
  const paths = filePaths(state, `${mask}/*`);
  return [...new Set(paths.map((path) => path.split(/[\\/]/).slice(0, depth).join("/")))];
}

type Lister = (state: State, text: string) => readonly Value[] | undefined;

const listers: ReadonlyMap<string, Lister> = new Map<string, Lister>([
  ["filelist", filePaths],
  ["dirlist", folders],
  ["fieldvaluelist", fieldValues],
]);

/** The values one item of a list stands for. Throws `script-run` for a field there is not. */
export function listedValues(state: State, item: Expression, source: ScriptText): readonly Value[] {
  const evaluate = (expression: Expression): Value => compile(expression, variableScope(state, source))(noRow);
  const lister = item.kind === "call" ? listers.get(item.function.toLowerCase()) : undefined;
  const [argument, ...more] = item.kind === "call" ? item.arguments : [];
  if (lister === undefined || argument === undefined || more.length > 0) return [evaluate(item)];
  const text = textOf(evaluate(argument)) ?? "";
  const values = lister(state, text);
  if (values !== undefined) return values;
  const remedy = "look at the names loaded before; letter case counts";
  throw runError(source, item.span, `there is no field ${JSON.stringify(text)}`, remedy);
}
