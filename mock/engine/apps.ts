/** The apps an engine holds: script, files, and the data of the last reload. */
import type { Dialect } from "../../catalogue/dialects.ts";
import { filesFrom } from "../../reload/files.ts";
import type { AccessTable, LoadedApp, Reload } from "../../reload/model.ts";
import { namedApp, readsItself, type NamedApp } from "../../reload/site-apps.ts";

export interface HeldApp {
  readonly script: string;
  /** Content by the path a script reads it under. */
  readonly files: ReadonlyMap<string, string>;
  /** Data in force; undefined until the first reload. */
  readonly data: LoadedApp | undefined;
  /** Section access of the last reload; in force at once or only when the app is published (SA-LIF-02). */
  readonly loadedAccess: readonly AccessTable[] | undefined;
  /** Another number for every change of the data in force, never used twice. */
  readonly version: number;
}

const unloaded: HeldApp = { script: "", files: new Map(), data: undefined, loadedAccess: undefined, version: 0 };

/** Apps by id. Every change gives a new record, so a session keeps what it opened. */
export interface AppShelf {
  get(appId: string): HeldApp;
  setScript(appId: string, script: string): void;
  attach(appId: string, path: string, content: string): void;
  /** Replaces script and files and loads them, section access included. */
  install(appId: string, script: string, files: { readonly [path: string]: string }): void;
  /** Runs the script. Throws ConformanceError `script-syntax` or `script-run`; the data then stay as they were. */
  reload(appId: string, published: boolean): void;
  /** Puts the section access of the last reload in force. */
  publish(appId: string): void;
  /** Takes over data without a script. */
  fill(appId: string, data: LoadedApp): void;
  drop(appId: string): void;
  /** Notes that an app has no file. */
  reserve(appId: string): void;
  hasFile(appId: string): boolean;
  copy(from: string, to: string): void;
}

/** `names` gives the apps of the repository, which BINARY may read by name. */
export function createAppShelf(dialect: Dialect, reload: Reload, names: () => readonly NamedApp[]): AppShelf {
  const apps = new Map<string, HeldApp>();
  let changes = 0;
  const rows = new Set<string>();
  const get = (appId: string): HeldApp => apps.get(appId) ?? unloaded;
  const change = (appId: string, part: Partial<HeldApp>): void => void apps.set(appId, { ...get(appId), ...part });
  const load = (appId: string, loaded: Loaded): void => change(appId, { ...loaded, version: (changes += 1) });
  const run = (appId: string, script: string, files: HeldApp["files"]): LoadedApp =>
    reload(script, { files: filesFrom(files), binary: (path) => inherited(appId, namedApp(path, names()), get) });
  return {
    get,
    setScript: (appId, script) => change(appId, { script }),
    attach: (appId, path, content) => change(appId, { files: new Map([...get(appId).files, [path, content]]) }),
    install: (appId, script, given) => {
      const files = new Map([...get(appId).files, ...Object.entries(given)]);
      load(appId, { script, files, ...inForce(run(appId, script, files)) });
    },
    reload: (appId, published) => {
      const { script, files, data } = get(appId);
      const fresh = run(appId, script, files);
      const keepsAccess = published && !dialect.reloadApplies && data !== undefined;
      load(appId, { script, files, ...(keepsAccess ? behind(data, fresh) : inForce(fresh)) });
    },
    publish: (appId) => {
      const { data, loadedAccess, ...rest } = get(appId);
      if (data !== undefined) load(appId, { ...rest, data: withAccess(data, loadedAccess), loadedAccess });
    },
    fill: (appId, data) => load(appId, { ...get(appId), ...inForce(data) }),
    drop: (appId) => void apps.delete(appId),
    reserve: (appId) => void rows.add(appId),
    hasFile: (appId) => apps.has(appId) || !rows.has(appId),
    copy: (from, to) => void apps.set(to, { ...get(from), version: (changes += 1) }),
  };
}

/** What BINARY reads: the data in force of another app that was loaded (LS-MOD-12). */
function inherited(appId: string, from: string | undefined, get: (appId: string) => HeldApp): LoadedApp | undefined {
  if (from === undefined) return undefined;
  if (from === appId) throw readsItself(appId);
  return get(from).data;
}

type Loaded = Omit<HeldApp, "version">;

function inForce(fresh: LoadedApp): Pick<HeldApp, "data" | "loadedAccess"> {
  return { data: fresh, loadedAccess: fresh.access };
}

/** New data under the section access that was in force before. */
function behind(before: LoadedApp, fresh: LoadedApp): Pick<HeldApp, "data" | "loadedAccess"> {
  return { data: withAccess(fresh, before.access), loadedAccess: fresh.access };
}

function withAccess(data: LoadedApp, access: readonly AccessTable[] | undefined): LoadedApp {
  const { access: _, ...rest } = data;
  return access === undefined ? rest : { ...rest, access };
}
