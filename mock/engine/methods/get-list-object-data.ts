import { listPages } from "../layouts.ts";
import { pagesParameter } from "../pages.ts";
import type { Handler } from "../session.ts";

/** Pages of a list object, 10,000 cells at most. */
export const getListObjectData: Handler = {
  on: "GenericObject",
  takes: ["qPath", "qPages"],
  run: ({ document: { view }, object, parameters }) => ({
    qDataPages: listPages(view, object, pagesParameter(parameters)),
  }),
};
