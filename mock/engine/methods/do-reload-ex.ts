import { runReload } from "../reload-app.ts";
import type { Handler } from "../session.ts";

/** Runs the script with the caller's rights. */
export const doReloadEx: Handler = {
  on: "Doc",
  takes: ["qParams"],
  run: async (call) => ({ qResult: { qSuccess: await runReload(call), qScriptLogFile: "" } }),
};
