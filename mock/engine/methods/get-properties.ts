import type { Handler } from "../session.ts";

/** Properties an object was created with. */
export const getProperties: Handler = {
  on: "GenericObject",
  takes: [],
  run: ({ object }) => ({ qProp: object.properties }),
};
