/** What a fresh mock holds before any site is loaded: node, proxies, the administrator and his rule. */
import { randomUUID } from "node:crypto";
import type { Entity, Site } from "../contract/types.ts";
import { shippedRules } from "../catalogue/shipped-rules.ts";
import { textAt } from "./fields.ts";

export interface Shipping {
  readonly admin: { readonly directory: string; readonly id: string };
  readonly certificate: string;
  /** Whether the rules a site ships are there too, as far as their text is known; cases bring their own. */
  readonly rules: boolean;
}

/** Prefix of the ready-made JWT proxy; a site that brings one of that prefix gets its own, and ours steps aside. */
export function freePrefix(site: Site): string {
  const theirs = site.entities["VirtualProxyConfig"] ?? [];
  const taken = new Set(theirs.map((proxy) => textAt(proxy, "prefix").toLowerCase()));
  return ["jwt", "jwt-admin"].find((prefix) => !taken.has(prefix)) ?? `jwt-${randomUUID().slice(0, 8)}`;
}

function jwtProxy(prefix: string, node: string, certificate: string): Entity {
  return {
    id: randomUUID(),
    prefix,
    description: "JWT",
    sessionCookieHeaderName: `X-Qlik-Session-${prefix}`,
    authenticationMethod: 4,
    loadBalancingServerNodes: [{ id: node, name: "Central" }],
    jwtAttributeUserId: "userId",
    jwtAttributeUserDirectory: "userDirectory",
    jwtPublicKeyCertificate: certificate,
    jwtAttributeMap: [{ id: randomUUID(), jwtAttribute: "group", senseAttribute: "group", isMandatory: false }],
  };
}

function defaultProxy(node: string): Entity {
  return {
    id: randomUUID(),
    prefix: "",
    description: "Central Proxy (Default)",
    sessionCookieHeaderName: "X-Qlik-Session",
    defaultVirtualProxy: true,
    loadBalancingServerNodes: [{ id: node, name: "Central" }],
  };
}

/** A JWT proxy of a site file holds no certificate: it gets the one of the mock's own key. */
function trusting(proxy: Entity, certificate: string): Entity {
  const bare = proxy["authenticationMethod"] === 4 && !textAt(proxy, "jwtPublicKeyCertificate").includes("BEGIN");
  return bare ? { ...proxy, jwtPublicKeyCertificate: certificate } : proxy;
}

/** The administrator may do everything in the QMC, and nothing special in the hub (SR-122, SR-523). */
function rootAdmin(): Entity {
  return {
    id: randomUUID(),
    name: "RootAdmin",
    category: "Security",
    type: "ReadOnly",
    rule: 'user.roles="RootAdmin"',
    resourceFilter: "*",
    actions: 8191,
    ruleContext: 2,
    disabled: false,
  };
}

/**
 * Stands for the owner rules a real site ships, whose text is not verified: what the administrator makes himself, he may
 * also reload and publish from an engine connection, which is hub context. It gives nobody else anything.
 */
function ownWork(): Entity {
  return {
    id: randomUUID(),
    name: "RootAdminOwnWork",
    category: "Security",
    type: "Custom",
    rule: 'user.roles="RootAdmin" and resource.IsOwned() and resource.owner = user',
    resourceFilter: "App*",
    actions: 8191,
    ruleContext: 1,
    disabled: false,
  };
}

/** What a site ships beside the administrator's rule, with the seed ids by which it is found again (SR-136). */
function shippedOnes(): readonly Entity[] {
  return shippedRules.map(({ source, ...rule }) => {
    return { id: randomUUID(), category: "Security", disabled: false, ...rule, comment: source };
  });
}

function ownProxies(site: Site, node: string, certificate: string): readonly Entity[] {
  const theirs = site.entities["VirtualProxyConfig"] ?? [];
  const ours = [jwtProxy(freePrefix(site), node, certificate)];
  return theirs.some((proxy) => proxy["defaultVirtualProxy"] === true) ? ours : [...ours, defaultProxy(node)];
}

/** The shipped entities and, beside them, those of the site. */
export function shippedWith(site: Site, { admin, certificate, rules }: Shipping): Site {
  const node = randomUUID();
  const proxies = ownProxies(site, node, certificate);
  const service = {
    id: randomUUID(),
    serverNodeConfiguration: { id: node, name: "Central" },
    settings: { listenPort: 443, maxHeaderSizeBytes: 16384, virtualProxies: proxies.map(({ id }) => ({ id })) },
  };
  const user = {
    id: randomUUID(),
    userDirectory: admin.directory,
    userId: admin.id,
    name: admin.id,
    roles: ["RootAdmin"],
  };
  const of = (type: string): readonly Entity[] => site.entities[type] ?? [];
  return {
    ...site,
    entities: {
      ...site.entities,
      ServerNodeConfiguration: [{ id: node, name: "Central", isCentral: true }, ...of("ServerNodeConfiguration")],
      VirtualProxyConfig: [...proxies, ...of("VirtualProxyConfig").map((proxy) => trusting(proxy, certificate))],
      ProxyService: [service, ...of("ProxyService")],
      SystemRule: [rootAdmin(), ownWork(), ...(rules ? shippedOnes() : []), ...of("SystemRule")],
      User: [user, ...of("User")],
    },
  };
}
