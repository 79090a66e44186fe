import { tableCell } from "../answers.ts";
import { textParameter } from "../parameters.ts";
import { evaluateIn } from "../evaluated.ts";
import type { Handler } from "../session.ts";

/** An expression's value with its number. */
export const evaluateEx: Handler = {
  on: "Doc",
  takes: ["qExpression"],
  run: ({ context, document, parameters }) => ({
    qValue: tableCell(evaluateIn(context, document, textParameter(parameters, "qExpression"))),
  }),
};
