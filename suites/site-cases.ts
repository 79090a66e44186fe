/** The cases of a user's own site: everybody against every app and resource, as the reference expects. */
import type { Area } from "../contract/types.ts";
import type { SuiteGroup } from "../harness/groups.ts";
import { readSite } from "../intake/site.ts";
import { principalsOf } from "../intake/principals.ts";
import { siteControls } from "./site-controls.ts";
import { siteCases } from "../analysis/site-cases.ts";

export function siteGroups(folder: string, suites: readonly Area[], dialect: string): readonly SuiteGroup[] {
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
    const [before, after] = siteControls(area, cases);
    return before === undefined || after === undefined ? [own] : [before, own, after];
  });
}
