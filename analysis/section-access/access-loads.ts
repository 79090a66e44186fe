/** The LOAD statements a script's section access is made from, as far as they can be read without running the script. */
import type { Expression, Load, LoadItem, Statement } from "../../languages/load-script/ast.ts";
import { parseLoadScript } from "../../languages/load-script/parse.ts";

/** A LOAD with those stacked on it: `stages` from the top one to the one with a source. */
export interface LoadStack {
  readonly stages: readonly [Load, ...Load[]];
  readonly section: "access" | "application";
}

/** The name of the table a stack makes, where it has one of its own. */
export function labelOf(stack: LoadStack): string | undefined {
  return stack.stages[0].label;
}

/** The LOAD that names the source. */
export function bottomOf(stack: LoadStack): Load {
  return stack.stages.at(-1) ?? stack.stages[0];
}

/** Statements in the order they stand, those inside of loops, branches and subroutines too. */
function flat(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap((statement) => [statement, ...flat(bodiesOf(statement))]);
}

function bodiesOf(statement: Statement): readonly Statement[] {
  if (statement.kind === "guarded") return [statement.statement];
  if ("body" in statement) return statement.body;
  if (statement.kind !== "if" && statement.kind !== "switch") return [];
  const branches = statement.kind === "if" ? statement.branches : statement.cases;
  return [...branches.flatMap(({ body }) => body), ...(statement.otherwise ?? [])];
}

/** All stacks of a script with the section they stand in. A stack whose source never comes is left out. */
export function stacksOf(statements: readonly Statement[]): readonly LoadStack[] {
  const stacks: LoadStack[] = [];
  let section: LoadStack["section"] = "application";
  let waiting: Load[] = [];
  for (const statement of flat(statements)) {
    if (statement.kind === "section") section = statement.section;
    if (statement.kind !== "load") continue;
    const [top = statement, ...others] = waiting;
    const stages: LoadStack["stages"] = waiting.length === 0 ? [statement] : [top, ...others, statement];
    if (statement.source.kind === "preceding") waiting.push(statement);
    else {
      stacks.push({ stages, section });
      waiting = [];
    }
  }
  return stacks;
}

/** The stacks of section access, and those whose tables they read (staged rights, SA-SCR-05). */
export function accessStacks(script: string): readonly LoadStack[] {
  const stacks = stacksOf(parseLoadScript(script).statements).filter(
    (stack) => !stack.stages[0].prefixes.some((prefix) => prefix.kind === "mapping"),
  );
  const wanted = new Set(stacks.filter((stack) => stack.section === "access"));
  for (let size = -1; size !== wanted.size;) {
    size = wanted.size;
    const read = new Set([...wanted].flatMap((stack) => residentOf(stack)));
    for (const stack of stacks) if (read.has(labelOf(stack) ?? "")) wanted.add(stack);
  }
  return stacks.filter((stack) => wanted.has(stack));
}

function residentOf(stack: LoadStack): readonly string[] {
  const { source } = bottomOf(stack);
  return source.kind === "resident" ? [source.table] : [];
}

/** The name a LOAD gives an item, where it does not depend on the text of an expression. */
export function itemName(item: LoadItem): string | undefined {
  if (item.kind === "all") return undefined;
  return item.alias ?? (item.value.kind === "name" ? item.value.name : undefined);
}

/** The first field an expression reads. */
export function firstName(expression: Expression): string | undefined {
  switch (expression.kind) {
    case "name":
      return expression.name;
    case "call":
      return firstOf(expression.arguments);
    case "unary":
      return firstName(expression.operand);
    case "binary":
      return firstOf([expression.left, expression.right]);
    case "text":
    case "number":
      return undefined;
  }
}

function firstOf(expressions: readonly Expression[]): string | undefined {
  for (const expression of expressions) {
    const name = firstName(expression);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The field of the source from which a stack makes a field of its table. */
export function sourceField(stack: LoadStack, field: string): string {
  return stack.stages.reduce((wanted, load) => {
    const item = load.fields.find((candidate) => itemName(candidate) === wanted);
    if (item === undefined || item.kind === "all") return wanted;
    return firstName(item.value) ?? wanted;
  }, field);
}
