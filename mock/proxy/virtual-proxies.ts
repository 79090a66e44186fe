/** Virtual proxies, read from the entities at every request: which one a path means, and whether it serves. */
import type { Entity } from "../../contract/types.ts";
import { recordsOf, textAt } from "../fields.ts";
import type { RepositoryPort } from "../ports.ts";
import type { ProxySeams } from "./seams.ts";
import type { AttributeRule, JwtSettings, VirtualProxy } from "./model.ts";

const methods: readonly VirtualProxy["method"][] = ["ticket", "header-static", "header-dynamic", "saml", "jwt", "oidc"];
const anonymousModes: readonly VirtualProxy["anonymous"][] = ["none", "allow", "always"];

/** First path segments that are no prefix (IM-012). */
const reserved = new Set([
  "qmc",
  "client",
  "hub",
  "qps",
  "app",
  "qrs",
  "sense",
  "resources",
  "api",
  "qlik-embed",
  "appcontent",
  "content",
  "tempcontent",
  "extensions",
  "assets",
  "single",
  "dev-hub",
  "logout",
]);

interface Address {
  readonly prefix: string;
  /** Path behind the prefix, with its leading slash. */
  readonly path: string;
}

/** Prefix: what stands before the first reserved word; a path without one is all prefix (IM-012). */
export function addressOf(pathname: string): Address {
  const parts = pathname.split("/").filter((part) => part !== "");
  const at = parts.findIndex((part) => reserved.has(part.toLowerCase()));
  const split = at === -1 ? parts.length : at;
  return { prefix: parts.slice(0, split).join("/").toLowerCase(), path: `/${parts.slice(split).join("/")}` };
}

function numberAt(entity: Entity, field: string, fallback: number): number {
  const value = entity[field];
  return typeof value === "number" ? value : fallback;
}

/** One `Name: value` a line (IM-015). */
function headerLines(text: string): readonly (readonly [string, string])[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line.trim()) ?? [];
    return name === undefined ? [] : [[name, value ?? ""] as const];
  });
}

function attributeRules(entity: Entity): readonly AttributeRule[] {
  return recordsOf(entity["jwtAttributeMap"]).map((item) => ({
    claim: textAt(item, "jwtAttribute"),
    attribute: textAt(item, "senseAttribute"),
    mandatory: item["isMandatory"] === true,
  }));
}

function jwtSettings(entity: Entity): JwtSettings {
  return {
    userId: textAt(entity, "jwtAttributeUserId"),
    userDirectory: textAt(entity, "jwtAttributeUserDirectory"),
    audience: textAt(entity, "jwtAudience"),
    certificate: textAt(entity, "jwtPublicKeyCertificate"),
    attributes: attributeRules(entity),
  };
}

function textsAt(entity: Entity, field: string): readonly string[] {
  const value = entity[field];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

function readVirtualProxy(entity: Entity): VirtualProxy {
  return {
    id: entity.id,
    prefix: textAt(entity, "prefix").toLowerCase(),
    cookieName: textAt(entity, "sessionCookieHeaderName") || "X-Qlik-Session",
    cookieDomain: textAt(entity, "sessionCookieDomain"),
    secure: entity["hasSecureAttributeHttps"] !== false,
    sameSite: numberAt(entity, "sameSiteAttributeHttps", 0),
    inactivityMinutes: numberAt(entity, "sessionInactivityTimeout", 30),
    isDefault: entity["defaultVirtualProxy"] === true,
    method: methods[numberAt(entity, "authenticationMethod", 0)] ?? "ticket",
    anonymous: anonymousModes[numberAt(entity, "anonymousAccessMode", 0)] ?? "none",
    nodes: recordsOf(entity["loadBalancingServerNodes"]).length,
    origins: textsAt(entity, "websocketCrossOriginWhiteList"),
    responseHeaders: headerLines(textAt(entity, "additionalResponseHeaders")),
    header: {
      name: textAt(entity, "headerAuthenticationHeaderName"),
      directory: textAt(entity, "headerAuthenticationStaticUserDirectory"),
      pattern: textAt(entity, "headerAuthenticationDynamicUserDirectory"),
    },
    jwt: jwtSettings(entity),
  };
}

/** A virtual proxy does nothing until some proxy service lists it (IM-010). */
export function isLinked(services: readonly Entity[], id: string): boolean {
  return services.some((service) => {
    const settings = service["settings"];
    const linked = recordsOf([settings ?? null]).flatMap((one) => recordsOf(one["virtualProxies"]));
    return linked.some((one) => one["id"] === id);
  });
}

/** No prefix means the default virtual proxy (IM-012). */
export function isMeant(proxy: VirtualProxy, prefix: string): boolean {
  return prefix === "" ? proxy.isDefault : proxy.prefix === prefix;
}

/** The virtual proxy of a prefix; unknown and unlinked ones are the same (IM-013). */
export function virtualProxyOf(
  repository: RepositoryPort,
  prefix: string,
  seams: Pick<ProxySeams, "isLinked" | "isMeant" | "readProxy">,
): VirtualProxy | undefined {
  const services = repository.all("ProxyService");
  return repository
    .all("VirtualProxyConfig")
    .map((one) => seams.readProxy(readVirtualProxy(one)))
    .find((one) => seams.isMeant(one, prefix) && seams.isLinked(services, one.id));
}
