import { textAt } from "../../fields.ts";
import { isPublished } from "../published.ts";
import type { Handler } from "../session.ts";

/** What the app is; it tells that it is open without data, not that it is reduced (EN-030, EN-041). */
export const getAppLayout: Handler = {
  on: "Doc",
  takes: [],
  run: ({ context: { repository, apps }, document: { appId, withoutData } }) => ({
    qLayout: {
      qTitle: textAt(repository.entity("App", appId), "name"),
      qFileName: appId,
      qHasScript: true,
      qHasData: !withoutData && apps.get(appId).data !== undefined,
      qIsOpenedWithoutData: withoutData,
      qIsSessionApp: false,
      qStateNames: [],
      qThumbnail: {},
      published: isPublished(repository, appId),
    },
  }),
};
