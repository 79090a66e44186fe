import { cubePages } from "../layouts.ts";
import { pagesParameter } from "../pages.ts";
import type { Handler } from "../session.ts";

/** Pages of a hypercube, 10,000 cells at most. */
export const getHyperCubeData: Handler = {
  on: "GenericObject",
  takes: ["qPath", "qPages"],
  run: ({ document: { view, selected = view }, object, parameters }) => ({
    qDataPages: cubePages(selected, object, pagesParameter(parameters)),
  }),
};
