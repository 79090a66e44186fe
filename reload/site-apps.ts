/** The apps of a site, each loaded once; BINARY finds the others by id or name (LS-MOD-12). */
import { ConformanceError } from "../contract/errors.ts";
import type { Site } from "../contract/types.ts";
import { parseRunnable } from "../languages/load-script/parse.ts";
import { scriptText } from "../languages/load-script/script-text.ts";
import { filesFrom } from "./files.ts";
import type { LoadedApp, Reload } from "./model.ts";

export interface NamedApp {
  readonly id: string;
  readonly name: string;
}

/** The app a BINARY names: by id or name, letter case of no account, folders and `.qvf` or `.qvw` left out. */
export function namedApp(path: string, apps: readonly NamedApp[]): string | undefined {
  const file = path.split(/[\\/]/).at(-1) ?? path;
  const wanted = file.replace(/\.qv[fw]$/i, "").toLowerCase();
  const is = (text: string): boolean => text.toLowerCase() === wanted;
  return (apps.find(({ id }) => is(id)) ?? apps.find(({ name }) => is(name)))?.id;
}

/** The apps of a site that have a script, with their names. */
export function appsOf(site: Site): readonly NamedApp[] {
  const entities = new Map((site.entities["App"] ?? []).map((entity) => [entity.id, entity["name"]]));
  return Object.keys(site.apps).map((id) => {
    const name = entities.get(id);
    return { id, name: typeof name === "string" ? name : "" };
  });
}

/**
 * Loads apps by id; one without a script is empty. `fileOf` names the script in messages. Throws `script-run` for apps that
 * read each other by BINARY.
 */
export function siteLoader(
  site: Site,
  reload: Reload,
  fileOf: (id: string) => string = (id) => `${id}.qvs`,
): (id: string) => LoadedApp {
  const apps = appsOf(site);
  const loaded = new Map<string, LoadedApp>();
  const loading = new Set<string>();
  const load = (id: string): LoadedApp => {
    const source = site.apps[id];
    if (source === undefined) return { app: [] };
    const known = loaded.get(id);
    if (known !== undefined) return known;
    if (loading.has(id)) throw readsItself(id, fileOf(id));
    loading.add(id);
    try {
      const binary = (path: string): LoadedApp | undefined => {
        const found = namedApp(path, apps);
        return found === undefined ? undefined : load(found);
      };
      const files = filesFrom(new Map(Object.entries(source.files)));
      const app = reload(source.script, { files, file: fileOf(id), binary });
      loaded.set(id, app);
      return app;
    } finally {
      loading.delete(id);
    }
  };
  return load;
}

/** An app that reaches itself through BINARY. */
export function readsItself(id: string, file: string = `${id}.qvs`): ConformanceError {
  return new ConformanceError("script-run", `the app ${JSON.stringify(id)} reads itself by BINARY`, {
    file,
    line: 1,
    column: 1,
    remedy: "take BINARY out of one of the apps",
  });
}

/** What the first statement names when it is BINARY; only there it may stand. */
function inheritedFrom(script: string): string | undefined {
  const [first] = parseRunnable(scriptText(script));
  return first?.kind === "binary" ? first.path : undefined;
}

/** Ids of a site's apps, those BINARY reads before those that read them. */
export function inLoadOrder(site: Site): readonly string[] {
  const apps = appsOf(site);
  const ordered = new Set<string>();
  const seen = new Set<string>();
  const add = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const path = inheritedFrom(site.apps[id]?.script ?? "");
    const parent = path === undefined ? undefined : namedApp(path, apps);
    if (parent !== undefined) add(parent);
    ordered.add(id);
  };
  for (const { id } of apps) add(id);
  return [...ordered];
}
