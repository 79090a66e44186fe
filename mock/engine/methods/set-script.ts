import { accessDenied } from "../errors.ts";
import { textParameter } from "../parameters.ts";
import { isPublished } from "../published.ts";
import type { Handler } from "../session.ts";

/** Replaces the load script; nothing else changes until a reload (SA-SCR-10, EN-034). */
export const setScript: Handler = {
  on: "Doc",
  takes: ["qScript"],
  run: ({ context: { repository, seams, apps }, session: { who }, document: { appId }, parameters }) => {
    if (!seams.mayEditScript(repository, who, appId)) throw accessDenied("Access denied to set script");
    apps.setScript(appId, textParameter(parameters, "qScript"));
    if (seams.scriptAppliesAtOnce) apps.reload(appId, isPublished(repository, appId));
    return {};
  },
};
