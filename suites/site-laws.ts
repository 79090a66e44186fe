/** Laws put to a user's own site: of the app as it is, and of changed copies of its tables where apps may be put up. */
import { dialectOf } from "../catalogue/dialects.ts";
import { isKnownError } from "../contract/errors.ts";
import type { Case, Principal, Site } from "../contract/types.ts";
import { laws } from "../generators/laws/index.ts";
import type { Law } from "../generators/laws/posing.ts";
import { loadedOf, settingOf, type Setting } from "../generators/laws/setting.ts";
import { viewLaws } from "../generators/laws/surfaces.ts";
import { printScript } from "../generators/print.ts";
import type { SuiteGroup } from "../harness/groups.ts";
import { reload } from "../reload/index.ts";
import type { LoadedApp } from "../reload/model.ts";
import { deskFor } from "../reference/answer.ts";
import { isLawIn, lawCase, viewCase } from "./laws.ts";

/** People a law is put of, an app: each is another world to put up. */
const mostPeople = 3;
/** Records above which an app's tables are not written out as a script again. */
const mostRecords = 2_000;

interface Asking {
  readonly site: Site;
  readonly people: readonly Principal[];
  readonly dialect: string;
}

/** The apps that have a section access and load. */
function guardedApps({ site, dialect }: Asking): readonly (readonly [id: string, loaded: LoadedApp])[] {
  const desk = deskFor(site, dialectOf(dialect));
  return Object.keys(site.apps).flatMap((id) => {
    const loaded = desk.app(id);
    return loaded.access === undefined ? [] : [[id, loaded] as const];
  });
}

function caseId(law: { readonly id: string }, app: string, at: number): string {
  return `site/laws/${law.id.replaceAll(" ", "-")}/${app}/${at + 1}`;
}

/** What holds of the app as it is. */
function viewCases(asking: Asking): readonly Case[] {
  const { site, people, dialect } = asking;
  return guardedApps(asking).flatMap(([app]) =>
    viewLaws.flatMap((law) =>
      people.slice(0, mostPeople).flatMap((who, at): readonly Case[] => {
        const place = { id: caseId(law, app, at), dialect, origin: { kind: "site" } } as const;
        const of = viewCase(law, { site, app, who, people: people.slice(0, mostPeople) }, place);
        return of === undefined ? [] : [of];
      }),
    ),
  );
}

/** The setting of an app whose tables, written out as a script, load as they were: else a changed copy says nothing of it. */
function copied(loaded: LoadedApp, people: readonly Principal[]): Setting | undefined {
  const setting = settingOf(loaded, people);
  const records = loaded.app.reduce((sum, { rows }) => sum + rows.length, 0);
  if (setting === undefined || records > mostRecords) return undefined;
  const written = loadedOf(setting);
  try {
    return JSON.stringify(reload(printScript(written))) === JSON.stringify(written) ? setting : undefined;
  } catch (error) {
    if (isKnownError(error)) return undefined;
    throw error;
  }
}

function changedCases(law: Law, app: string, setting: Setting, dialect: string): readonly Case[] {
  const made: Case[] = [];
  for (const who of setting.principals) {
    if (made.length === mostPeople) break;
    const place = { id: caseId(law, app, made.length), dialect, origin: { kind: "site" } } as const;
    const of = lawCase(law, setting, who, place);
    if (of !== undefined) made.push(of);
  }
  return made;
}

function copyCases(asking: Asking): readonly Case[] {
  const { people, dialect } = asking;
  const changing = laws.filter((law) => isLawIn(law, dialectOf(dialect)) && viewLaws.every(({ id }) => id !== law.id));
  return guardedApps(asking).flatMap(([app, loaded]) => {
    const setting = copied(loaded, people);
    return setting === undefined ? [] : changing.flatMap((law) => changedCases(law, app, setting, dialect));
  });
}

/** Groups of a run on a site; `mayCopy` where the run puts up apps of its own rather than asking those that are there. */
export function siteLaws(asking: Asking, mayCopy: boolean): readonly SuiteGroup[] {
  const groups = [
    ["site-laws", "of the site's apps as they are", viewCases(asking)],
    ["site-laws-of-copies", "of changed copies of the site's apps", mayCopy ? copyCases(asking) : []],
  ] as const;
  return groups.flatMap(([name, what, cases]): readonly SuiteGroup[] => {
    const title = `laws of section access, ${what}`;
    const group = { id: `section-access/${name}`, area: "section-access", kind: "cases", title } as const;
    return cases.length === 0 ? [] : [{ ...group, cases: () => cases }];
  });
}
