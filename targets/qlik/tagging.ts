/** Everything a run makes carries its tag, so that what a crash leaves behind is found and removed by the next run. */
import type { Entity, Json } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import { unlinkProxies } from "./links.ts";
import { equals, type Qrs } from "./qrs.ts";

/** What the tags of all runs begin with. */
const mark = "qlik-conformance";

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

function listMarked(qrs: Qrs, path: string, property: string): Promise<readonly Entity[]> {
  return qrs.list(`${path}/full?filter=${encodeURIComponent(`${property} sw '${mark}'`)}`);
}

async function removeEach(qrs: Qrs, path: string, entities: readonly Entity[]): Promise<number> {
  for (const { id } of entities) {
    const { status } = await qrs.send("DELETE", `${path}/${id}`);
    if (status !== 204 && status !== 404) {
      throw new TargetFault("malformed", `what an earlier run left at ${path}/${id} could not be removed (${status})`);
    }
  }
  return entities.length;
}

/** Removes what earlier runs left behind. Returns how many things that were. Throws where a site does not let it. */
export async function removeLeftovers(qrs: Qrs): Promise<number> {
  let removed = 0;
  for (const path of taggedPaths) {
    const left = await listMarked(qrs, path, "tags.name");
    if (path === "/virtualproxyconfig" && left.length > 0)
      await unlinkProxies(
        qrs,
        left.map(({ id }) => id),
      );
    removed += await removeEach(qrs, path, left);
  }
  removed += await removeEach(
    qrs,
    "/custompropertydefinition",
    await listMarked(qrs, "/custompropertydefinition", "description"),
  );
  return removed + (await removeEach(qrs, "/tag", await listMarked(qrs, "/tag", "name")));
}
