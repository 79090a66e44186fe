/** Expressions of a client over what he sees: `{1}` clears selections, never a reduction (SA-RED-13). */
import type { Value } from "../../contract/types.ts";
import { evaluateExpression } from "./expression.ts";
import type { EngineContext, OpenDocument } from "./session.ts";

const clears = /\{\s*1\s*\}/;

/** The value of an expression in an open document. */
export function evaluateIn({ apps, seams }: EngineContext, document: OpenDocument, expression: string): Value {
  const { appId, counted } = document;
  const view = clears.test(expression) ? seams.clearedTables(counted, apps.get(appId).data?.app ?? []) : counted;
  return evaluateExpression(view, expression);
}
