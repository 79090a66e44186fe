/** SUB and CALL: arguments are copied in, and those that are variables copied back (LS-CTL-03). */
import type { CallStatement, SubStatement } from "../languages/load-script/ast.ts";
import { readHead } from "../languages/load-script/clauses.ts";
import type { Flow, Place } from "./flow.ts";
import { readied, valueOf } from "./flow.ts";
import { runError, setVariable } from "./state.ts";
import type { State, Subroutine } from "./state.ts";

/** From here on the subroutine can be called. A later one of the same name takes its place. */
export function defineSub(place: Place, { head, body }: SubStatement): void {
  const { read } = readied(place, head, readHead);
  place.state.subroutines.set(read.name, { head: read, body, source: place.source });
}

/** By its name as written, else in other letters. */
function subroutineOf(state: State, name: string): Subroutine | undefined {
  const exact = state.subroutines.get(name);
  if (exact !== undefined) return exact;
  return [...state.subroutines.values()].find(({ head }) => head.name.toLowerCase() === name.toLowerCase());
}

function required({ state, source }: Place, statement: CallStatement): Subroutine {
  const name = JSON.stringify(statement.name);
  const found = subroutineOf(state, statement.name);
  if (found === undefined) {
    throw runError(source, statement.span, `there is no subroutine ${name}`, "put its SUB … END SUB before the CALL");
  }
  const most = found.head.parameters.length;
  if (statement.arguments.length <= most) return found;
  const message = `subroutine ${name} takes ${most} arguments, not ${statement.arguments.length}`;
  throw runError(source, statement.span, message, "leave the others out, or add parameters to its SUB");
}

/** Runs the body with its parameters as variables of its own; those without an argument are NULL. */
export function runCall(place: Place, statement: CallStatement): Flow {
  const { state, source, run } = place;
  const { head, body, source: text } = required(place, statement);
  const given = statement.arguments.map((read) => valueOf(state, { read, source }));
  const outer = head.parameters.map((name) => ({ name, value: state.variables.get(name) }));
  for (const [index, name] of head.parameters.entries()) setVariable(state, name, given[index] ?? null);
  const flow = run(state, body, text);
  const results = head.parameters.map((name) => state.variables.get(name));
  for (const { name, value } of outer) setVariable(state, name, value);
  for (const [index, argument] of statement.arguments.entries()) {
    if (argument.kind === "name") setVariable(state, argument.name, results[index]);
  }
  return flow === "sub" ? "on" : flow;
}
