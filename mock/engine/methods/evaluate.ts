import { textParameter } from "../parameters.ts";
import { evaluateExpression } from "../expression.ts";
import { displayed } from "../view.ts";
import type { Handler } from "../session.ts";

/** The text of an expression's value; `-` for NULL. */
export const evaluate: Handler = {
  on: "Doc",
  takes: ["qExpression"],
  run: ({ document: { counted }, parameters }) => ({
    qReturn: displayed(evaluateExpression(counted, textParameter(parameters, "qExpression"))),
  }),
};
