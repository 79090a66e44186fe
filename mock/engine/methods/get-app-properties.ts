import { textAt } from "../../fields.ts";
import type { Handler } from "../session.ts";

/** Properties of the app, with whether it has section access (SA-LIF-07). */
export const getAppProperties: Handler = {
  on: "Doc",
  takes: [],
  run: ({ context: { repository, apps, seams }, document: { appId } }) => ({
    qProp: {
      qTitle: textAt(repository.entity("App", appId), "name"),
      qThumbnail: {},
      qHasSectionAccess: seams.saysSectionAccess(apps.get(appId).data?.access !== undefined),
    },
  }),
};
