import type { Handler } from "../session.ts";

/** Version of the engine API the mock speaks. */
export const engineVersion: Handler = {
  on: "Global",
  takes: [],
  run: () => ({ qVersion: { qComponentVersion: "12.2528.0" } }),
};
