import { runReload } from "../reload-app.ts";
import type { Handler } from "../session.ts";

/** Runs the script with the caller's rights. */
export const doReload: Handler = {
  on: "Doc",
  takes: ["qMode", "qPartial", "qDebug"],
  run: async (call) => ({ qReturn: await runReload(call) }),
};
