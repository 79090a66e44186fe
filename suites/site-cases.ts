/** The cases of a user's own site: everybody against every app and resource, as the reference expects. */
import type { Area } from "../contract/types.ts";
import type { SuiteGroup } from "../harness/groups.ts";
import { readSite } from "../intake/site.ts";
import { principalsOf } from "../intake/principals.ts";
import { siteControls } from "./site-controls.ts";
import { siteLaws } from "./site-laws.ts";
import { siteCases } from "../analysis/site-cases.ts";

export interface SiteRun {
  readonly folder: string;
  readonly suites: readonly Area[];
  readonly dialect: string;
  /** Whether apps of one's own may be put up beside those that are there. */
  readonly mayCopy: boolean;
}

export function siteGroups({ folder, suites, dialect, mayCopy }: SiteRun): readonly SuiteGroup[] {
  const { site } = readSite(folder);
  const people = principalsOf(site);
  return suites.flatMap((area): readonly SuiteGroup[] => {
    const cases = siteCases(site, people, area, dialect);
    if (cases.length === 0) return [];
    const own: SuiteGroup = {
      id: `${area}/site`,
      area,
      kind: "cases",
      title: `${area}: the site answers as its own tables and rules say`,
      cases: () => cases,
    };
    const groups = [own, ...(area === "section-access" ? siteLaws({ site, people, dialect }, mayCopy) : [])];
    const [before, after] = siteControls(area, cases);
    return before === undefined || after === undefined ? groups : [before, ...groups, after];
  });
}
