/**
 * The life of one app (§11a of the section-access catalogue): a script that is stored, a reload that runs it, a copy that
 * is published. Each change gives a new record; what a user sees depends on `data` alone.
 */
import type { Dialect } from "../../catalogue/dialects.ts";
import { isKnownError } from "../../contract/errors.ts";
import type { Site, SiteApp } from "../../contract/types.ts";
import { filesFrom } from "../../reload/files.ts";
import { reload } from "../../reload/index.ts";
import type { AccessTable, LoadedApp } from "../../reload/model.ts";

export interface AppLife {
  /** The script as stored last; not necessarily the one that was run. */
  readonly script: string;
  readonly files: SiteApp["files"];
  /** What users get: the data of the last reload under the section access in force. */
  readonly data: LoadedApp;
  /** Section access of the last reload, in force or not. */
  readonly loadedAccess: readonly AccessTable[] | undefined;
  readonly published: boolean;
}

/** Whether the site holds the app as published. */
export function isPublished(site: Site, app: string): boolean {
  const entity = (site.entities["App"] ?? []).find(({ id }) => id === app);
  return entity?.["published"] === true || (entity?.["stream"] !== undefined && entity["stream"] !== null);
}

/** The data of the app that BINARY names, as they are when the script runs (LS-MOD-12). */
export type Inherited = (path: string) => LoadedApp | undefined;

function underAccess(data: LoadedApp, access: readonly AccessTable[] | undefined): LoadedApp {
  const { access: _, ...rest } = data;
  return access === undefined ? rest : { ...rest, access };
}

/** An app as a site holds it: its script was run, and published afterwards where the site says so. */
export function asDeployed(source: SiteApp | undefined, data: LoadedApp, published: boolean): AppLife {
  const { script, files } = source ?? { script: "", files: {} };
  return { script, files, data, loadedAccess: data.access, published };
}

/** SA-SCR-10: nothing but the script changes. */
export function withScript(life: AppLife, script: string): AppLife {
  return { ...life, script };
}

/**
 * New data; new section access too, unless the app is published and the release keeps what was published (SA-LIF-02).
 * Undefined when the script cannot be run: the app then stays as it was.
 */
export function reloaded(life: AppLife, dialect: Dialect, binary: Inherited): AppLife | undefined {
  try {
    const fresh = reload(life.script, { files: filesFrom(new Map(Object.entries(life.files))), binary });
    const kept = life.published && !dialect.reloadApplies;
    const data = kept ? underAccess(fresh, life.data.access) : fresh;
    return { ...life, data, loadedAccess: fresh.access };
  } catch (error) {
    if (isKnownError(error)) return undefined;
    throw error;
  }
}

/** SA-LIF-02: publishing puts the section access of the last reload in force. */
export function asPublished(life: AppLife): AppLife {
  return { ...life, published: true, data: underAccess(life.data, life.loadedAccess) };
}

/** The content of another app in the place of a published one's: script, files and data, and its section access. */
export function replacedBy(life: AppLife, source: AppLife): AppLife {
  return { ...source, published: life.published, data: underAccess(source.data, source.loadedAccess) };
}

/** SA-LIF-07. */
export function hasSectionAccess(life: AppLife): boolean {
  return life.data.access !== undefined;
}
