import { textAt } from "../../fields.ts";
import type { Handler } from "../session.ts";

/** Apps the rules let the caller read; one may be listed and yet refuse to open (EN-032). */
export const getDocList: Handler = {
  on: "Global",
  takes: [],
  run: ({ context: { repository, seams, apps }, session: { who } }) => ({
    qDocList: repository
      .all("App")
      .filter(({ id }) => seams.listsApp(repository, who, id))
      .map((app) => ({
        qDocId: app.id,
        qDocName: textAt(app, "name"),
        qTitle: textAt(app, "name"),
        qMeta: {},
        qHasSectionAccess: seams.saysSectionAccess(apps.get(app.id).data?.access !== undefined),
      })),
  }),
};
