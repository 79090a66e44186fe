import { textParameter } from "../parameters.ts";
import { evaluateIn } from "../evaluated.ts";
import { displayed } from "../view.ts";
import type { Handler } from "../session.ts";

/** The text of an expression's value; `-` for NULL. */
export const evaluate: Handler = {
  on: "Doc",
  takes: ["qExpression"],
  run: ({ context, document, parameters }) => ({
    qReturn: displayed(evaluateIn(context, document, textParameter(parameters, "qExpression"))),
  }),
};
