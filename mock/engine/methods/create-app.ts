import { accessDenied } from "../errors.ts";
import { textParameter } from "../parameters.ts";
import type { Handler } from "../session.ts";

/** Creates an app the caller owns, as far as the rules let him. */
export const createApp: Handler = {
  on: "Global",
  takes: ["qAppName", "qLocalizedScriptMainSection", "qLocale"],
  run: ({ context: { repository }, session: { who }, parameters }) => {
    const name = textParameter(parameters, "qAppName");
    if (!repository.mayCreate(who, "App", { id: "", name }, "hub")) throw accessDenied();
    return { qSuccess: true, qAppId: repository.createApp(who, name).id };
  },
};
