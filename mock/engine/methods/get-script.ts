import { accessDenied } from "../errors.ts";
import type { Handler } from "../session.ts";

/** The load script, for who may edit it. */
export const getScript: Handler = {
  on: "Doc",
  takes: [],
  run: ({ context: { repository, seams, apps }, session: { who }, document: { appId } }) => {
    if (!seams.mayEditScript(repository, who, appId)) throw accessDenied("Access denied to get script");
    return { qScript: apps.get(appId).script };
  },
};
