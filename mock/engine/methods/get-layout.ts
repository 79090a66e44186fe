import { objectLayout } from "../layouts.ts";
import type { Handler } from "../session.ts";

/** An object with its data evaluated. */
export const getLayout: Handler = {
  on: "GenericObject",
  takes: [],
  run: ({ context: { seams }, document: { view, selected = view }, object }) => ({
    qLayout: objectLayout(selected, object, seams.columnError),
  }),
};
