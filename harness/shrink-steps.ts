/** Every way to make a case smaller by one step of the domain: an ask, a user, a group, a rule, a row, a cell, a field. */
import type { Ask, Case, Entity, Json, Principal, Probe, Site, SiteApp, Step } from "../contract/types.ts";
import { byText } from "./values.ts";

/** Hands in what only a language knows: smaller texts of a load script, of a rule condition. */
export interface TextSteps {
  readonly script?: (script: string) => Iterable<string>;
  readonly condition?: (condition: string) => Iterable<string>;
}

type Fields = { readonly [name: string]: Json };
type Lists = { readonly [name: string]: readonly string[] };

function* dropped<T>(list: readonly T[]): Generator<readonly T[]> {
  for (const index of list.keys()) yield list.toSpliced(index, 1);
}

function* droppedKeys<T>(record: { readonly [name: string]: T }, keep: ReadonlySet<string>): Generator<typeof record> {
  for (const name of Object.keys(record).toSorted(byText)) {
    if (!keep.has(name)) yield Object.fromEntries(Object.entries(record).filter(([other]) => other !== name));
  }
}

function hasOne<T>(list: readonly T[]): list is readonly [T, ...T[]] {
  return list.length > 0;
}

/** Asks that named a dropped one do so no longer; a relation left without partner goes with it. */
function withoutDangling(asks: readonly Ask[]): readonly Ask[] {
  const ids = new Set(asks.map(({ id }) => id));
  const kept = asks.flatMap(({ contrast, ...ask }): readonly Ask[] => {
    const contrasted = contrast !== undefined && ids.has(contrast) ? { contrast } : {};
    if (ask.expected.kind === "known") return [{ ...ask, ...contrasted }];
    const to = ask.expected.to.filter((id) => ids.has(id));
    return to.length === 0 ? [] : [{ ...ask, ...contrasted, expected: { ...ask.expected, to } }];
  });
  return kept.length === asks.length ? kept : withoutDangling(kept);
}

function* fewerAsks(of: Case): Generator<Case> {
  for (const asks of dropped<Ask>(of.asks)) {
    const kept = withoutDangling(asks);
    if (hasOne(kept)) yield { ...of, asks: kept };
  }
}

function* smallerAsks(of: Case): Generator<Case> {
  for (const [index, ask] of of.asks.entries()) {
    for (const probe of smallerProbes(ask.probe)) {
      const asks = of.asks.with(index, { ...ask, probe });
      if (hasOne(asks)) yield { ...of, asks };
    }
  }
}

function* smallerProbes(probe: Probe): Generator<Probe> {
  switch (probe.kind) {
    case "open":
    case "decide":
      for (const as of smallerPrincipals(probe.as)) yield { ...probe, as };
      return;
    case "impersonate":
      if (probe.user !== undefined) for (const user of smallerPrincipals(probe.user)) yield { ...probe, user };
      return;
    case "login":
      yield* smallerLogins(probe);
      return;
    case "converse":
      for (const steps of dropped<Step>(probe.steps)) if (steps.length > 0) yield { ...probe, steps };
  }
}

function* smallerLogins(probe: Extract<Probe, { kind: "login" }>): Generator<Probe> {
  const credential = probe.with;
  if (credential.by === "jwt") {
    for (const claims of droppedKeys(credential.claims, new Set())) yield { ...probe, with: { ...credential, claims } };
  } else if ("principal" in credential) {
    for (const principal of smallerPrincipals(credential.principal))
      yield { ...probe, with: { ...credential, principal } };
  }
}

function* smallerPrincipals(who: Principal): Generator<Principal> {
  for (const groups of dropped(who.groups)) yield { ...who, groups };
  for (const attributes of smallerLists(who.attributes)) yield { ...who, attributes };
  for (const session of smallerLists(who.session)) yield { ...who, session };
}

function* smallerLists(lists: Lists): Generator<Lists> {
  yield* droppedKeys(lists, new Set());
  for (const [name, list] of Object.entries(lists)) {
    if (list.length > 1) for (const fewer of dropped(list)) yield { ...lists, [name]: fewer };
  }
}

function* smallerSites(of: Case, steps: TextSteps): Generator<Case> {
  for (const name of Object.keys(of.sites).toSorted(byText)) {
    const site = of.sites[name];
    if (site === undefined) continue;
    const used = name === "main" || of.asks.some(({ at }) => at === name);
    if (!used) yield { ...of, sites: { main: of.sites.main, ...withoutKey(of.sites, name) } };
    for (const smaller of sitesBelow(site, steps)) yield { ...of, sites: { ...of.sites, [name]: smaller } };
  }
}

function withoutKey<T>(record: { readonly [name: string]: T }, name: string): { readonly [name: string]: T } {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== name));
}

function* sitesBelow(site: Site, steps: TextSteps): Generator<Site> {
  for (const apps of droppedKeys(site.apps, new Set())) yield { ...site, apps };
  if (site.datasources !== undefined) {
    for (const datasources of droppedKeys(site.datasources, new Set())) yield { ...site, datasources };
  }
  for (const entities of smallerEntitySets(site.entities, steps)) yield { ...site, entities };
  for (const [id, app] of Object.entries(site.apps)) {
    for (const smaller of smallerApps(app, steps)) yield { ...site, apps: { ...site.apps, [id]: smaller } };
  }
}

function* smallerEntitySets(sets: Site["entities"], steps: TextSteps): Generator<Site["entities"]> {
  for (const [type, all] of Object.entries(sets)) {
    if (all.length === 0) yield withoutKey(sets, type);
    for (const fewer of dropped(all)) yield { ...sets, [type]: fewer };
  }
  for (const [type, all] of Object.entries(sets)) {
    for (const [index, entity] of all.entries()) {
      for (const smaller of smallerEntities(entity, steps)) yield { ...sets, [type]: all.with(index, smaller) };
    }
  }
}

/** Fields by which an entity is found, a rule is read, or without which no repository takes it (SR-133). */
const essential: ReadonlySet<string> = new Set([
  "id",
  "name",
  "rule",
  "resourceFilter",
  "actions",
  "category",
  "userId",
  "userDirectory",
]);

/** Without these no repository takes a virtual proxy (IM-006). */
const essentialOfProxies: ReadonlySet<string> = new Set([
  ...essential,
  "description",
  "prefix",
  "sessionCookieHeaderName",
]);

function* smallerEntities(entity: Entity, steps: TextSteps): Generator<Entity> {
  const kept = "prefix" in entity ? essentialOfProxies : essential;
  for (const fields of droppedKeys<Json>(entity, kept)) yield { ...fields, id: entity.id };
  const { rule, resourceFilter } = entity;
  if (typeof rule === "string") for (const shorter of steps.condition?.(rule) ?? []) yield { ...entity, rule: shorter };
  if (typeof resourceFilter === "string") {
    const items = resourceFilter.split(",");
    if (items.length > 1)
      for (const fewer of dropped(items)) yield { ...entity, resourceFilter: fewer.join(",").trim() };
  }
  for (const fields of smallerMembers(entity)) yield { ...fields, id: entity.id };
}

/** Lists inside an entity lose an element: a role, a custom property value, an attribute. */
function* smallerMembers(fields: Fields): Generator<Fields> {
  for (const [name, value] of Object.entries(fields)) {
    if (Array.isArray(value)) for (const fewer of dropped<Json>(value)) yield { ...fields, [name]: fewer };
  }
}

function* smallerApps(app: SiteApp, steps: TextSteps): Generator<SiteApp> {
  for (const files of droppedKeys(app.files, new Set())) yield { ...app, files };
  for (const [path, content] of Object.entries(app.files)) {
    for (const smaller of smallerFiles(content)) yield { ...app, files: { ...app.files, [path]: smaller } };
  }
  for (const script of steps.script?.(app.script) ?? []) yield { ...app, script };
}

/** The delimiter of a text file, by its first line: the one of the usual ones that stands there most often. */
function delimiterOf(header: string): string {
  const count = (sign: string): number => header.split(sign).length;
  return [";", "\t", "|"].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ",");
}

/** Lines below the header are dropped, many at once and then one by one, then columns; last, cells are blanked. */
function* smallerFiles(content: string): Generator<string> {
  const lines = content.split("\n");
  const rows = lines.flatMap((line, index) => (index > 0 && line.trim() !== "" ? [index] : []));
  for (const gone of runs(rows)) yield lines.filter((_, index) => !gone.includes(index)).join("\n");
  // A quoted cell may hold a delimiter: such a file loses lines only.
  if (content.includes('"')) return;
  const delimiter = delimiterOf(lines[0] ?? "");
  const columns = (lines[0] ?? "").split(delimiter).length;
  for (let column = 0; column < (columns > 1 ? columns : 0); column++) {
    yield lines.map((line) => line.split(delimiter).toSpliced(column, 1).join(delimiter)).join("\n");
  }
  for (const index of rows) {
    const cells = (lines[index] ?? "").split(delimiter);
    for (const [column, cell] of cells.entries()) {
      if (cell.trim() !== "") yield lines.with(index, cells.with(column, "").join(delimiter)).join("\n");
    }
  }
}

/** Runs of a list: halves first, then ever shorter ones, at last single items; a last run that is short comes with those. */
function* runs<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let size = Math.ceil(list.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at + size <= list.length; at += size) yield list.slice(at, at + size);
  }
}

/** Every case one step smaller, the coarse steps first. */
export function* smallerCases(of: Case, steps: TextSteps = {}): Generator<Case> {
  yield* fewerAsks(of);
  yield* smallerSites(of, steps);
  yield* smallerAsks(of);
}
