import { accessDenied, appNotFound } from "../errors.ts";
import { textParameter } from "../parameters.ts";
import type { Handler } from "../session.ts";

/** Removes an app with its data. */
export const deleteApp: Handler = {
  on: "Global",
  takes: ["qAppId"],
  run: ({ context: { repository, apps }, session: { who }, parameters }) => {
    const appId = textParameter(parameters, "qAppId");
    if (repository.entity("App", appId) === undefined) throw appNotFound(appId);
    if (!repository.may(who, "delete", "App", appId, "hub")) throw accessDenied();
    repository.remove("App", appId);
    apps.drop(appId);
    return { qSuccess: true };
  },
};
