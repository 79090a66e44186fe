import { textParameter } from "../parameters.ts";
import { evaluateExpression } from "../expression.ts";
import { displayed } from "../view.ts";
import type { Handler } from "../session.ts";

/** The text of an expression's value; `-` for NULL. */
export const evaluate: Handler = {
  on: "Doc",
  takes: ["qExpression"],
  run: ({ document: { view }, parameters }) => ({
    qReturn: displayed(evaluateExpression(view, textParameter(parameters, "qExpression"))),
  }),
};
