/** Everything a run makes carries its tag, so that what a crash leaves behind is found and removed by the next run. */
import type { Entity, Json } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import { unlinkProxies } from "./links.ts";
import type { OwnThings } from "./own-things.ts";
import { equals, type Qrs } from "./qrs.ts";
import { isObject } from "./steps.ts";

/** What the tags of all runs begin with. */
const mark = "qlik-conformance";

/** What carries no tag itself: another tag names it, by path and id. */
const untagged: ReadonlySet<string> = new Set(["/schemaevent", "/compositeevent", "/executionresult", "/tag"]);

/** The tag that stands for something which can carry none; undefined for what can. */
export function tagFor(path: string, id: string, tag: RunTag): string | undefined {
  return untagged.has(path) ? `${tag.name} ${path}/${id}` : undefined;
}

/** What a tag names, if it stands for something. */
function namedBy(tag: Entity): { readonly path: string; readonly id: string } | undefined {
  const { name } = tag as { readonly [field: string]: Json };
  const [, path = "", id = ""] = /^\S+ (\/[a-z]+)\/([\w-]+)$/.exec(typeof name === "string" ? name : "") ?? [];
  return untagged.has(path) ? { path, id } : undefined;
}

/** Types that carry tags, in the order they can be removed. */
const taggedPaths: readonly string[] = [
  "/systemrule",
  "/reloadtask",
  "/app/object",
  "/app",
  "/dataconnection",
  "/stream",
  "/virtualproxyconfig",
  "/user",
];

const taggedTypes: ReadonlySet<string> = new Set([
  "SystemRule",
  "ReloadTask",
  "App.Object",
  "App",
  "DataConnection",
  "Stream",
  "VirtualProxyConfig",
  "User",
]);

export interface RunTag {
  readonly id: string;
  readonly name: string;
}

/** The run's Tag entity, made when it is not there yet. */
export async function runTag(qrs: Qrs, name: string): Promise<RunTag> {
  const known = (await qrs.list(`/tag/full?${equals("name", name)}`))[0];
  const tag = known ?? (await qrs.create("/tag", { name }));
  return { id: tag.id, name };
}

/** A body with the run's mark: a tag, or the description where the type has no tags. */
export function marked(
  type: string,
  body: { readonly [field: string]: Json },
  tag: RunTag,
): { readonly [field: string]: Json } {
  if (type === "CustomPropertyDefinition") return { ...body, description: tag.name };
  if (!taggedTypes.has(type)) return body;
  const tags = body["tags"];
  return { ...body, tags: [...(Array.isArray(tags) ? tags : []), { id: tag.id, name: tag.name }] };
}

function isMark(value: Json | undefined): boolean {
  return typeof value === "string" && (value === mark || value.startsWith(`${mark}-`));
}

const carries: { readonly [property: string]: (entity: Entity) => boolean } = {
  "tags.name": ({ tags }: Entity & { readonly tags?: Json }) =>
    Array.isArray(tags) && tags.some((tag: Json) => isObject(tag) && isMark(tag["name"])),
  description: ({ description }: Entity & { readonly description?: Json }) => isMark(description),
  name: ({ name }: Entity & { readonly name?: Json }) => isMark(name),
};

/** Shipped entities are nobody's leftovers, whatever they were tagged with. */
function isShipped(entity: Entity): boolean {
  return entity["schemaPath"] === "SystemRule" && entity["type"] !== "Custom";
}

/** A site that took no notice of the filter would name everything it has: what it lists is looked at again. */
async function listMarked(qrs: Qrs, path: string, property: string): Promise<readonly Entity[]> {
  const listed = await qrs.list(`${path}/full?filter=${encodeURIComponent(`${property} sw '${mark}'`)}`);
  return listed.filter((entity) => carries[property]?.(entity) === true && !isShipped(entity));
}

async function removeEach(qrs: Qrs, path: string, entities: readonly Removable[], cleaning: Cleaning): Promise<void> {
  for (const entity of entities) {
    const { id } = entity;
    cleaning.own?.add(id);
    const { status } = cleaning.dry ? { status: 204 } : await qrs.send("DELETE", `${path}/${id}`);
    if (status !== 204 && status !== 404) {
      throw new TargetFault("malformed", `what an earlier run left at ${path}/${id} could not be removed (${status})`);
    }
    const { name, userId, prefix } = entity;
    const called = [name, userId, prefix].find((text) => typeof text === "string" && text !== "");
    cleaning.removed.push({ path, id, name: typeof called === "string" ? called : "" });
  }
}

interface Removable {
  readonly id: string;
  readonly [field: string]: Json;
}

/** One thing that was taken away. */
export interface Removed {
  readonly path: string;
  readonly id: string;
  readonly name: string;
}

interface Cleaning {
  /** Only told, not removed. */
  readonly dry: boolean;
  /** On a site that others use: what is found is taken for the run's own. */
  readonly own?: OwnThings;
  readonly removed: Removed[];
}

/** Much of what is named went with something else. */
async function isThere(qrs: Qrs, { path, id }: { readonly path: string; readonly id: string }): Promise<boolean> {
  return (await qrs.send("GET", `${path}/${id}`)).status === 200;
}

/** Removes what earlier runs left behind, and tells what that was. Throws where a site does not let it. */
export async function removeLeftovers(qrs: Qrs, own?: OwnThings, dry = false): Promise<readonly Removed[]> {
  const cleaning: Cleaning = { dry, removed: [], ...(own === undefined ? {} : { own }) };
  for (const path of taggedPaths) {
    const left = await listMarked(qrs, path, "tags.name");
    if (path === "/virtualproxyconfig" && left.length > 0 && own === undefined && !dry)
      await unlinkProxies(
        qrs,
        left.map(({ id }) => id),
      );
    await removeEach(qrs, path, left, cleaning);
  }
  const definitions = await listMarked(qrs, "/custompropertydefinition", "description");
  await removeEach(qrs, "/custompropertydefinition", definitions, cleaning);
  const tags = await listMarked(qrs, "/tag", "name");
  for (const tag of tags) {
    const named = namedBy(tag);
    if (named !== undefined && (await isThere(qrs, named)))
      await removeEach(qrs, named.path, [{ id: named.id }], cleaning);
  }
  await removeEach(qrs, "/tag", tags, cleaning);
  return cleaning.removed;
}
