/** Puts a case's site on a Qlik site through QRS and the engine, marks everything, and can take it all away again. */
import { isKnownError } from "../../contract/errors.ts";
import type { Entity, Site } from "../../contract/types.ts";
import { inLoadOrder } from "../../reload/site-apps.ts";
import { TargetFault } from "../faults.ts";
import type { Doc } from "./engine.ts";
import { type IdMap, bodyOf, propertyValues, referenceId, textOf } from "./ids.ts";
import { administratorRole, confinedRule } from "./own-rules.ts";
import { createProxies } from "./proxies.ts";
import { marked } from "./tagging.ts";
import type { OwnThings } from "./own-things.ts";
import { createOne, lookBefore, type Ledger, type Workshop } from "./workshop.ts";

/** Order matters: what is referred to comes first. Apps, proxies and rules have steps of their own. */
export const restPaths: { readonly [type: string]: string } = {
  CustomPropertyDefinition: "/custompropertydefinition",
  User: "/user",
  Stream: "/stream",
  App: "/app",
  "App.Object": "/app/object",
  DataConnection: "/dataconnection",
  ReloadTask: "/reloadtask",
  SchemaEvent: "/schemaevent",
  CompositeEvent: "/compositeevent",
  Tag: "/tag",
  ExecutionResult: "/executionresult",
  SystemRule: "/systemrule",
  VirtualProxyConfig: "/virtualproxyconfig",
};

/** What rules of other categories are about: groups that give access to the product, and nodes. */
const otherPaths: { readonly [type: string]: string } = {
  "License.UserAccessGroup": "/license/useraccessgroup",
  "License.LoginAccessGroup": "/license/loginaccessgroup",
  "License.ProfessionalAccessGroup": "/license/professionalaccessgroup",
  "License.AnalyzerAccessGroup": "/license/analyzeraccessgroup",
  ServerNodeConfiguration: "/servernodeconfiguration",
};

const simpleTypes = ["DataConnection", "ReloadTask", "SchemaEvent", "CompositeEvent", "Tag", "ExecutionResult"];

const propertyTypes: ReadonlySet<string> = new Set([
  "User",
  "Stream",
  "App",
  "DataConnection",
  "ReloadTask",
  "VirtualProxyConfig",
  "ServerNodeConfiguration",
]);

/** Definitions the case brings, and those its values imply. */
function definitionsOf(site: Site): readonly Entity[] {
  const declared = site.entities["CustomPropertyDefinition"] ?? [];
  const names = new Set(declared.map((definition) => textOf(definition, "name")));
  const implied = new Map<string, { values: Set<string>; types: Set<string> }>();
  for (const [type, entities] of Object.entries(site.entities)) {
    for (const { name, value } of entities.flatMap(propertyValues)) {
      if (names.has(name) || !propertyTypes.has(type)) continue;
      const entry = implied.get(name) ?? { values: new Set(), types: new Set() };
      entry.values.add(value);
      entry.types.add(type);
      implied.set(name, entry);
    }
  }
  const made = [...implied].map(([name, { values, types }]) => ({
    id: `implied:${name}`,
    name,
    valueType: "Text",
    choiceValues: [...values],
    objectTypes: [...types],
  }));
  return [...declared, ...made];
}

/** Custom property values by the id of their definition on the site. */
function withProperties(entity: Entity, ids: IdMap): Entity {
  const values = propertyValues(entity);
  if (values.length === 0) return entity;
  const customProperties = values.map(({ name, value }) => ({
    value,
    definition: { id: ids.real("CustomPropertyDefinition", `property:${name}`), name },
  }));
  return { ...entity, customProperties };
}

async function createDefinitions(shop: Workshop, ledger: Ledger, site: Site): Promise<void> {
  for (const definition of definitionsOf(site)) {
    const made = await createOne(
      shop,
      ledger,
      { type: "CustomPropertyDefinition", path: "/custompropertydefinition" },
      definition,
    );
    shop.ids.set("CustomPropertyDefinition", `property:${textOf(definition, "name")}`, made.id);
  }
}

async function createAll(shop: Workshop, ledger: Ledger, type: string, site: Site): Promise<void> {
  const path = restPaths[type] ?? otherPaths[type];
  if (path === undefined) return;
  for (const entity of site.entities[type] ?? [])
    await createOne(shop, ledger, { type, path }, withProperties(entity, shop.ids));
}

function attachedName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

/** Files of the case travel with the app: `lib://Data/access.csv` is read as `lib://AttachedFiles/access.csv`. */
async function attachFiles(shop: Workshop, appId: string, site: Site, caseApp: string): Promise<string> {
  const app = site.apps[caseApp];
  if (app === undefined) return "";
  let { script } = app;
  for (const [path, content] of Object.entries(app.files)) {
    const name = attachedName(path);
    await shop.attach(appId, name, content);
    script = script.replaceAll(path, `lib://AttachedFiles/${name}`);
  }
  // BINARY names another app of the case by its id.
  return shop.ids.inText(script);
}

async function reload(doc: Doc, script: string): Promise<void> {
  await doc.setScript(script);
  const done = await doc.doReload();
  if (!done) throw new TargetFault("malformed", "the engine did not reload the app");
  await doc.doSave();
}

async function createScriptedApp(shop: Workshop, ledger: Ledger, site: Site, app: Entity): Promise<string> {
  await lookBefore(shop, "/app");
  const connection = await shop.engine();
  try {
    const { qAppId } = await connection.global.createApp(textOf(app, "name"));
    ledger.add("/app", qAppId);
    shop.ids.set("App", app.id, qAppId);
    await change(shop, app, qAppId, ["tags", "customProperties"]);
    const script = await attachFiles(shop, qAppId, site, app.id);
    await reload(await connection.global.openDoc(qAppId), script);
    return qAppId;
  } finally {
    await connection.close();
  }
}

/** Changes some fields of an app the engine made, by PUT of the whole entity (IM-021). */
async function change(shop: Workshop, app: Entity, id: string, fields: readonly string[]): Promise<void> {
  const body = marked("App", bodyOf(withProperties(app, shop.ids), shop.ids), shop.tag);
  const wanted = Object.fromEntries(Object.entries(body).filter(([field]) => fields.includes(field)));
  if (Object.keys(wanted).length === 0) return;
  const current = await shop.qrs.get(`/app/${id}`);
  if (typeof current !== "object" || current === null) throw new TargetFault("malformed", "an app is no object");
  const answer = await shop.qrs.send("PUT", `/app/${id}`, { ...current, ...wanted });
  if (answer.status !== 200)
    throw new TargetFault("malformed", `PUT /qrs/app answered ${answer.status}: ${answer.text.slice(0, 120)}`);
}

/** Apps that BINARY reads come before those that read them; where a script cannot be read, as the site has them. */
function appsInOrder(site: Site): readonly Entity[] {
  const apps = site.entities["App"] ?? [];
  try {
    const order = inLoadOrder(site);
    return apps.toSorted((left, right) => order.indexOf(left.id) - order.indexOf(right.id));
  } catch (error) {
    if (isKnownError(error)) return apps;
    throw error;
  }
}

async function createApps(shop: Workshop, ledger: Ledger, site: Site): Promise<void> {
  for (const app of appsInOrder(site)) {
    const stream = referenceId(app["stream"]);
    const scripted = site.apps[app.id] !== undefined;
    const id = scripted
      ? await createScriptedApp(shop, ledger, site, app)
      : (await createUnpublished(shop, ledger, app)).id;
    // The owner last: whoever deploys may reload only what he owns.
    if (scripted) await change(shop, app, id, ["owner"]);
    if (stream === undefined) continue;
    const path = `/app/${id}/publish?stream=${shop.ids.real("Stream", stream)}&name=${encodeURIComponent(textOf(app, "name"))}`;
    const answer = await shop.qrs.send("PUT", path, {});
    if (answer.status !== 200)
      throw new TargetFault("malformed", `publishing answered ${answer.status}: ${answer.text.slice(0, 120)}`);
  }
}

function createUnpublished(shop: Workshop, ledger: Ledger, app: Entity): Promise<Entity> {
  const rest = Object.fromEntries(
    Object.entries(app).filter(([field]) => !["stream", "published", "publishTime"].includes(field)),
  );
  return createOne(shop, ledger, { type: "App", path: "/app" }, withProperties({ ...rest, id: app.id }, shop.ids));
}

const ownKind = { type: "Custom", category: "Security" } as const;

/** A shipped rule that was changed is a custom one (SR-132); what cannot be changed is the site's alone. */
function canBeOwn(rule: Entity): boolean {
  const [type, category] = [textOf(rule, "type") || ownKind.type, textOf(rule, "category") || ownKind.category];
  return (type === "Custom" || type === "Default") && category === "Security";
}

/** The rule by the site's ids; on a site that others use, cut down to what the run made. Nothing where nothing is left. */
function installable(shop: Workshop, rule: Entity): Entity | undefined {
  const condition = shop.ids.inText(textOf(rule, "rule"));
  const resourceFilter = shop.ids.inText(textOf(rule, "resourceFilter"));
  if (shop.own === undefined) return { ...rule, rule: condition, resourceFilter };
  if (!canBeOwn(rule))
    throw new TargetFault(
      "not-found",
      "a run brings no read-only rules, nor any of licences or nodes, to a site that others use",
    );
  const confined = confinedRule(condition, resourceFilter, shop.own, shop.ids.made);
  switch (confined.kind) {
    case "idle":
      return undefined;
    case "rule":
      return { ...rule, ...ownKind, rule: confined.rule, resourceFilter: confined.resourceFilter };
    case "refused":
      throw new TargetFault("not-found", `a rule of the case cannot stand on a site that others use: ${confined.why}`);
  }
}

async function createRules(shop: Workshop, ledger: Ledger, site: Site): Promise<void> {
  for (const rule of site.entities["SystemRule"] ?? []) {
    const installed = installable(shop, rule);
    if (installed !== undefined) await createOne(shop, ledger, { type: "SystemRule", path: "/systemrule" }, installed);
  }
  if (shop.own === undefined) await shop.qrs.send("POST", "/systemrule/security/resetcache", {});
}

/** On a site that others use a case brings people of directories nobody there is of, and no virtual proxy. */
function assertApart(own: OwnThings, site: Site): void {
  const directories = (site.entities["User"] ?? []).map((user) => textOf(user, "userDirectory"));
  const taken = directories.find((name) => !own.hasDirectory(name));
  if (taken !== undefined)
    throw new TargetFault("not-found", `the user directory ${taken} of the case is in use on the site`);
  const role = (site.entities["User"] ?? []).map(administratorRole).find((name) => name !== undefined);
  if (role !== undefined)
    throw new TargetFault("not-found", `a user of the case has the role ${role}, which has rights all over the site`);
  if ((site.entities["VirtualProxyConfig"] ?? []).length > 0)
    throw new TargetFault("not-found", "a virtual proxy of the case would be linked to a proxy that others use");
}

/** Nodes are machines, and groups give licences away: only for rules about them are their records made. */
function asksOthers(site: Site): boolean {
  return (site.entities["SystemRule"] ?? []).some((rule) => ["License", "Sync"].includes(textOf(rule, "category")));
}

/** Makes the whole site, in the order its parts refer to each other; on failure the ledger still holds what was made. */
export async function deploySite(shop: Workshop, ledger: Ledger, site: Site): Promise<void> {
  if (shop.own !== undefined) assertApart(shop.own, site);
  await createDefinitions(shop, ledger, site);
  await createAll(shop, ledger, "User", site);
  await createAll(shop, ledger, "Stream", site);
  await createApps(shop, ledger, site);
  await createAll(shop, ledger, "App.Object", site);
  for (const type of simpleTypes) await createAll(shop, ledger, type, site);
  await createProxies(shop, ledger, site);
  if (asksOthers(site)) for (const type of Object.keys(otherPaths)) await createAll(shop, ledger, type, site);
  await createRules(shop, ledger, site);
}
