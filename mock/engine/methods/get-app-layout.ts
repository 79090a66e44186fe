import { textAt } from "../../fields.ts";
import { isPublished } from "../published.ts";
import type { Handler } from "../session.ts";

/** What the app is; it tells that it is open without data (EN-030) and has section access (SA-LIF-07), not what is hidden (EN-041). */
export const getAppLayout: Handler = {
  on: "Doc",
  takes: [],
  run: ({ context: { repository, apps, seams }, document: { appId, withoutData } }) => ({
    qLayout: {
      qTitle: textAt(repository.entity("App", appId), "name"),
      qFileName: appId,
      qHasScript: true,
      qHasData: !withoutData && apps.get(appId).data !== undefined,
      qIsOpenedWithoutData: withoutData,
      qIsSessionApp: false,
      qStateNames: [],
      qThumbnail: {},
      qHasSectionAccess: seams.saysSectionAccess(apps.get(appId).data?.access !== undefined),
      published: isPublished(repository, appId),
    },
  }),
};
