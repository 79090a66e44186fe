import type { Handler } from "../session.ts";

/** What the engine tells a hub about itself after an app is open (EN-033). */
export const getConfiguration: Handler = {
  on: "Global",
  takes: [],
  run: () => ({ qConfig: { qFeatures: {}, qIsLoggedIn: true, qMaxNumberOfValues: 0 } }),
};
