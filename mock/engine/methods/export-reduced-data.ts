import type { Handler } from "../session.ts";

/** Where to fetch an app that holds what its maker sees of this one (SA-ENV-03). */
export const exportReducedData: Handler = {
  on: "Doc",
  takes: ["qOptions"],
  run: ({ context: { apps, downloads, seams }, session: { who }, document: { appId, view } }) => {
    const tables = seams.exportedTables(view, apps.get(appId).data?.app ?? []);
    const { name, size } = downloads.put(who, tables);
    return { qDownloadInfo: { qUrl: `/tempcontent/${name}`, qFileSize: size } };
  },
};
