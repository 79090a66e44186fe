import { tableCell } from "../answers.ts";
import { textParameter } from "../parameters.ts";
import { evaluateExpression } from "../expression.ts";
import type { Handler } from "../session.ts";

/** An expression's value with its number. */
export const evaluateEx: Handler = {
  on: "Doc",
  takes: ["qExpression"],
  run: ({ document: { counted }, parameters }) => ({
    qValue: tableCell(evaluateExpression(counted, textParameter(parameters, "qExpression"))),
  }),
};
