import { accessDenied } from "../errors.ts";
import type { Handler } from "../session.ts";

/** The load script as newer clients ask for it, for who may edit it (EN-033). */
export const getScriptEx: Handler = {
  on: "Doc",
  takes: [],
  run: ({ context: { repository, seams, apps }, session: { who }, document: { appId } }) => {
    if (!seams.mayEditScript(repository, who, appId)) throw accessDenied("Access denied to get script");
    return { qScript: { qScript: apps.get(appId).script, qMeta: { qName: "Main" } } };
  },
};
