/** Reads the entities that decide about log-ins, tolerant of what a site leaves out. */
import type { Entity, Json, Site } from "../../contract/types.ts";

type JsonObject = { readonly [name: string]: Json };

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value);
}

/** The field's text; empty when it is missing or no text. */
export function textAt(entity: JsonObject, field: string): string {
  const value = entity[field];
  return typeof value === "string" ? value : "";
}

export function recordsAt(entity: JsonObject, field: string): readonly JsonObject[] {
  const value = entity[field];
  return isList(value) ? value.filter(isObject) : [];
}

export function numberAt(entity: JsonObject, field: string): number {
  const value = entity[field];
  return typeof value === "number" ? value : 0;
}

/** The virtual proxy of this prefix, if a proxy serves it: unknown and unlinked are the same (IM-010, IM-013). */
export function virtualProxy(site: Site, prefix: string): Entity | undefined {
  const all = site.entities["VirtualProxyConfig"] ?? [];
  const wanted = prefix.toLowerCase();
  const found =
    all.find((entity) => textAt(entity, "prefix").toLowerCase() === wanted) ??
    (wanted === "" ? all.find((entity) => entity["defaultVirtualProxy"] === true) : undefined);
  return found !== undefined && isLinked(site, found.id) ? found : undefined;
}

/** Linked to a proxy; on a site that lists no proxy at all there is nothing to be linked to. */
function isLinked(site: Site, id: string): boolean {
  const services = site.entities["ProxyService"];
  if (services === undefined) return true;
  return services.some((service) => {
    const settings = service["settings"];
    return isObject(settings) && recordsAt(settings, "virtualProxies").some((linked) => linked["id"] === id);
  });
}

/** Whether the virtual proxy of this prefix names a node to balance over; without one no engine is reached (IM-011). */
export function reachesEngine(site: Site, prefix: string): boolean {
  const proxy = virtualProxy(site, prefix);
  return proxy !== undefined && recordsAt(proxy, "loadBalancingServerNodes").length > 0;
}

/** Directories and ids compare without letter case, and in nothing else (IM-053). */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The user as the repository knows him; directory and id without letter case (IM-053). */
export function userEntity(site: Site, directory: string, id: string): Entity | undefined {
  return (site.entities["User"] ?? []).find(
    (user) => sameName(textAt(user, "userDirectory"), directory) && sameName(textAt(user, "userId"), id),
  );
}
