/** An app to be looked into: a load script with its data folders, or an app of a site folder. */
import { join } from "node:path";
import type { Site } from "../contract/types.ts";
import { ConformanceError } from "../contract/errors.ts";
import { fileAccess } from "../intake/data.ts";
import { readText } from "../intake/files.ts";
import { readSite } from "../intake/site.ts";
import { filesFrom } from "../reload/files.ts";
import { reload } from "../reload/index.ts";
import type { FileAccess, LoadedApp } from "../reload/model.ts";
import { siteLoader } from "../reload/site-apps.ts";
import { note } from "./output.ts";

export interface LoadedScript {
  /** The app's id in its site; of a script its file. */
  readonly id: string;
  /** The app's name, or the script's file. */
  readonly name: string;
  readonly file: string;
  readonly script: string;
  readonly files: FileAccess;
  readonly loaded: LoadedApp;
  /** The site the app stands in, if it was named by one. */
  readonly site?: Site;
}

/** A script file and folders as `--data NAME=DIR` names them. Throws what reading or running it throws. */
export function loadScript(file: string, data: readonly string[]): LoadedScript {
  const script = readText(file);
  const files = fileAccess(data);
  return { id: file, name: file, file, script, files, loaded: reload(script, { files, file }) };
}

function nameOf(site: Site, id: string): string {
  const name = (site.entities["App"] ?? []).find((app) => app.id === id)?.["name"];
  return typeof name === "string" && name !== "" ? name : id;
}

function fileOf(folder: string, id: string): string {
  return join(folder, "apps", `${id}.qvs`);
}

function appOf(folder: string, site: Site, id: string): LoadedScript {
  const app = site.apps[id];
  const file = fileOf(folder, id);
  if (app === undefined) {
    throw new ConformanceError("input", `the site has no script of an app ${JSON.stringify(id)}`, {
      file: folder,
      expected: "apps/<app id>.qvs beside the site's files",
      remedy: `name one of ${Object.keys(site.apps).join(", ") || "the apps it has a script of"}`,
    });
  }
  const files = filesFrom(new Map(Object.entries(app.files)));
  const loaded = siteLoader(site, reload, (each) => fileOf(folder, each))(id);
  return { id, name: nameOf(site, id), file, script: app.script, files, loaded, site };
}

/** Apps of a site folder: the one of that id or name, or all that have a script. Throws `input` when there is none. */
export function loadSite(folder: string, wanted: string | undefined): readonly LoadedScript[] {
  const { site, notes } = readSite(folder);
  for (const line of notes) note(line);
  const ids = Object.keys(site.apps);
  if (wanted === undefined && ids.length > 0) return ids.map((id) => appOf(folder, site, id));
  const byName = ids.filter((id) => nameOf(site, id) === wanted);
  return [appOf(folder, site, byName.length === 1 ? (byName[0] ?? "") : (wanted ?? ""))];
}
