/** Laws of section access as cases: a base world, changed worlds beside it, and relations between what is seen of them. */
import { dialectOf, type Dialect } from "../catalogue/dialects.ts";
import type { Ask, Case, Principal, Reason, Site } from "../contract/types.ts";
import { fullName } from "../generators/directory.ts";
import { laws } from "../generators/laws/index.ts";
import type { Law, LawAsk, Posed, Variant } from "../generators/laws/posing.ts";
import type { ViewLaw } from "../generators/laws/surfaces.ts";
import {
  cellsOf,
  isPlainUser,
  listed,
  loadedOf,
  ownRows,
  reducingFields,
  rewritten,
  settingOf,
  withRows,
  type Setting,
} from "../generators/laws/setting.ts";
import { printScript } from "../generators/print.ts";
import { randomAccessWorld } from "../generators/section-access.ts";
import type { SuiteGroup } from "../harness/groups.ts";
import type { LoadedApp } from "../reload/model.ts";
import { appId, siteOfWorld } from "./campaigns.ts";

const campaignPrefix = "section-access/laws/";
const campaignVersion = 1;

/** Worlds looked through for one that a law speaks of. */
const patience = 400;

/** One case of a law for this many of a campaign's: a law needs fewer worlds than the whole of section access. */
const casesPerLaw = 20;

function isSwitch(name: string, of: Dialect): name is keyof Dialect {
  return Object.hasOwn(of, name);
}

/** Whether the dialect reads section access so that this is a law. */
export function isLawIn({ reading }: Law, dialect: Dialect): boolean {
  return Object.entries(reading).every(([name, value]) => isSwitch(name, dialect) && dialect[name] === value);
}

/** The published app alone, which everybody may read, and of the people those who are asked about it. */
function siteOf(world: Variant, asking: ReadonlySet<string>): Site {
  const { access, app } = loadedOf(world);
  const loaded: LoadedApp = { access: [...(access ?? []), ...(world.more ?? [])], app };
  const principals = world.principals.filter((who) => asking.has(fullName(who)));
  const site = siteOfWorld({ loaded, principals, script: printScript(loaded) });
  const apps = (site.entities["App"] ?? []).filter(({ id }) => id === appId);
  const own = site.apps[appId];
  return { entities: { ...site.entities, App: apps }, apps: own === undefined ? {} : { [appId]: own } };
}

/** What others are compared with is expected to be itself: it can break nothing, and stands for no requirement. */
function askOf(law: Pick<Law, "id" | "says" | "because">, app: string, { id, at, as, through, relation }: LawAsk): Ask {
  const because = (relation === undefined ? [] : law.because).map((requirement): Reason => ({
    requirement,
    evidence: `law ${law.id}: ${law.says}`,
  }));
  const holds = relation ?? ({ holds: "equal", to: [id] } as const);
  return {
    id,
    at,
    probe: { kind: "open", app, as, through },
    expected: { kind: "relation", ...holds, because },
    proves: [],
  };
}

export interface Place {
  readonly id: string;
  readonly dialect: string;
  readonly origin: Case["origin"];
}

function caseOf(law: Law, { worlds, asks }: Posed, { id, dialect, origin }: Place): Case | undefined {
  const [first, ...rest] = asks.map((ask) => askOf(law, appId, ask));
  if (first === undefined) return undefined;
  const asked = (at: string): ReadonlySet<string> =>
    new Set(asks.flatMap((ask) => (ask.at === at ? [fullName(ask.as)] : [])));
  const { main, ...others } = worlds;
  const beside = Object.entries(others).map(([name, world]) => [name, siteOf(world, asked(name))] as const);
  return {
    id,
    title: `law ${law.id}: ${law.says}`,
    dialect,
    needs: ["deploy", "reload"],
    sites: { main: siteOf(main, asked("main")), ...Object.fromEntries(beside) },
    asks: [first, ...rest],
    origin,
  };
}

interface Viewing {
  readonly site: Site;
  readonly app: string;
  readonly who: Principal;
  readonly people: readonly Principal[];
}

/** A law of one world, put of one person on a site as it is. */
export function viewCase(law: ViewLaw, { site, app, who, people }: Viewing, place: Place): Case | undefined {
  const [first, ...rest] = (law.asks(who, people) ?? []).map((ask) => askOf(law, app, ask));
  if (first === undefined) return undefined;
  const head = { ...place, title: `law ${law.id}: ${law.says}`, needs: ["surface:tables"] as const };
  return { ...head, sites: { main: site }, asks: [first, ...rest] };
}

/** The law put of one person in a setting, whether or not its guard lets it speak; undefined where there is nothing to ask. */
export function unguardedCase(law: Law, setting: Setting, who: Principal, place: Place): Case | undefined {
  const posed = law.pose(setting, who);
  return posed === undefined ? undefined : caseOf(law, posed, place);
}

/** The law put of one person in a setting; undefined where it does not speak of him. */
export function lawCase(law: Law, setting: Setting, who: Principal, place: Place): Case | undefined {
  if (!speaks(law, setting, who)) return undefined;
  return unguardedCase(law, setting, who, place);
}

function speaks(law: Law, setting: Setting, who: Principal): boolean {
  return (!law.oneTable || setting.app.length === 1) && law.guard(setting, who);
}

/** With USER in every row, no blank reducing cell, and a value in every reducing column: what most guards ask for. */
function plainer(setting: Setting): Setting {
  const { access } = setting;
  const filler = reducingFields(setting).map((field) => [field, listed(access, field)[0] ?? "NOWHERE"] as const);
  const rows = access.rows.map((row, at) => {
    const blanks = filler.filter(([field, value]) => {
      const cell = row[access.fields.indexOf(field)];
      const lonely = at === 0 && value === "NOWHERE" && !cellsOf(access, field).includes(value);
      return cell === "" || cell === null || lonely;
    });
    return rewritten(access, row, { ACCESS: "USER", ...Object.fromEntries(blanks) });
  });
  return withRows(setting, rows);
}

export interface Found {
  readonly setting: Setting;
  readonly who: Principal;
}

/** A world of the campaign of which the law speaks, and of whom in it; the same for the same numbers for ever. */
export function lawWorld(law: Law, seed: number, index: number): Found | undefined {
  for (let attempt = 0; attempt < patience; attempt++) {
    const world = randomAccessWorld(seed, index * patience + attempt, law.oneTable ? { maxTables: 1 } : {});
    const drawn = settingOf(world.loaded, world.principals);
    if (drawn === undefined) continue;
    const setting = attempt % 2 === 0 ? drawn : plainer(drawn);
    const people = setting.principals.filter(
      (who) => speaks(law, setting, who) && law.pose(setting, who) !== undefined,
    );
    const concerned = people.filter((who) => ownRows(setting, who).length > 0 && isPlainUser(setting, who));
    const among = concerned.length > 0 ? concerned : people;
    const who = among[index % Math.max(1, among.length)];
    if (who !== undefined) return { setting, who };
  }
  return undefined;
}

function generatedCase(
  law: Law,
  { seed, index, dialect }: { seed: number; index: number; dialect: string },
): Case | undefined {
  const found = lawWorld(law, seed, index);
  if (found === undefined) return undefined;
  const campaign = `${campaignPrefix}${law.id}`;
  const origin = { kind: "generated", campaign, version: campaignVersion, seed, index } as const;
  return lawCase(law, found.setting, found.who, { id: `${campaign}/${seed}/${index}`, dialect, origin });
}

/** The law a generated case was made of, and its world; undefined for every other case. */
export function lawOf({ origin }: Case): (Found & { readonly law: Law }) | undefined {
  if (origin.kind !== "generated" || !origin.campaign.startsWith(campaignPrefix)) return undefined;
  const law = laws.find(({ id }) => `${campaignPrefix}${id}` === origin.campaign);
  const found = law === undefined ? undefined : lawWorld(law, origin.seed, origin.index);
  return law === undefined || found === undefined ? undefined : { law, ...found };
}

function* generatedCases(law: Law, { seed, count, dialect }: Parameters<SuiteGroup["cases"]>[0]): Generator<Case> {
  for (let index = 0; index < Math.ceil(count / casesPerLaw); index++) {
    const made = generatedCase(law, { seed, index, dialect });
    if (made !== undefined) yield made;
  }
}

/** A group a law of the dialect. */
export function lawGroups(dialect: string): readonly SuiteGroup[] {
  const read = dialectOf(dialect);
  return laws
    .filter((law) => isLawIn(law, read))
    .map((law) => ({
      id: `${campaignPrefix}${law.id.replaceAll(" ", "-")}`,
      area: "section-access",
      kind: "campaign",
      title: `laws of section access: ${law.id} ${law.says}`,
      cases: (selection) => generatedCases(law, selection),
    }));
}
