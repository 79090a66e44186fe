/** What a run plays, in order: per area the control, a group a requirement, the campaign, and the control again. */
import { requirement } from "../catalogue/index.ts";
import { dialectNames } from "../catalogue/dialects.ts";
import type { Area, Case, RequirementId } from "../contract/types.ts";
import type { SuiteGroup } from "../harness/groups.ts";
import { accessCampaign, rulesCampaign } from "./campaigns.ts";
import { goldenCases } from "./golden.ts";
import type { Chosen } from "./selection.ts";
import { lawGroups } from "./laws.ts";
import { ruleLawGroups } from "./rule-laws.ts";
import { siteGroups } from "./site-cases.ts";

const controlId = /\/controls$/;

function isControl(of: Case): boolean {
  return controlId.test(of.id);
}

function control(area: Area, kind: "control-before" | "control-after"): SuiteGroup {
  const when = kind === "control-before" ? "before" : "after";
  return {
    id: `${area}/control-${when}`,
    area,
    kind,
    title: `${area}: tells a refused, a reduced and a full principal apart, ${when} everything else`,
    cases: () =>
      goldenCases(area)
        .filter(isControl)
        .map((of) => ({ ...of, id: `${of.id}-${when}` })),
  };
}

/** The requirement a case is filed under: the first one its first ask names. */
export function primaryOf(of: Case): RequirementId {
  const named = of.asks.flatMap(({ proves, expected }) => [
    ...proves,
    ...expected.because.map((reason) => reason.requirement),
  ]);
  const [first] = named;
  if (first === undefined) throw new TypeError(`${of.id} names no requirement`);
  return first;
}

function byRequirement(area: Area, dialect: string): readonly SuiteGroup[] {
  const filed = new Map<RequirementId, Case[]>();
  for (const of of goldenCases(area).filter((one) => !isControl(one) && speaks(one, dialect))) {
    const primary = primaryOf(of);
    filed.set(primary, [...(filed.get(primary) ?? []), of]);
  }
  return [...filed]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([id, cases]): SuiteGroup => ({
      id: `${area}/${id}`,
      area,
      kind: "cases",
      title: `${id} ${requirement(id)?.title ?? ""}`,
      requirement: id,
      cases: () => cases,
    }));
}

/** A golden case written for one dialect alone is played when that dialect is asked for; the documented ones always. */
function speaks(of: Case, dialect: string): boolean {
  return of.dialect === dialect || of.dialect === dialectNames[0];
}

const campaigns: { readonly [area in Area]?: SuiteGroup } = { "section-access": accessCampaign, rules: rulesCampaign };

const laws: { readonly [area in Area]?: (dialect: string) => readonly SuiteGroup[] } = {
  "section-access": lawGroups,
  rules: ruleLawGroups,
};

type Choice = Pick<Chosen, "suites" | "dialect" | "site" | "cases"> & Partial<Pick<Chosen, "target">>;

/** The groups of a run. With a site, its own cases stand in the place of the golden ones. */
export function groupsOf(chosen: Choice): readonly SuiteGroup[] {
  // A run on one's own site attaches to what is there: nothing of its own is put up on a real one.
  const { site: folder, suites, dialect, target } = chosen;
  if (folder !== undefined)
    return siteGroups({ folder, suites, dialect, mayCopy: target !== undefined && target !== "qlik" });
  return chosen.suites.flatMap((area) => {
    const campaign = chosen.cases > 0 ? campaigns[area] : undefined;
    return [
      control(area, "control-before"),
      ...byRequirement(area, chosen.dialect),
      ...(campaign === undefined ? [] : [campaign]),
      ...(chosen.cases > 0 ? (laws[area]?.(chosen.dialect) ?? []) : []),
      control(area, "control-after"),
    ];
  });
}
