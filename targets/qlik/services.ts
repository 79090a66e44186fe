/** The doors a site opens to holders of its certificate: tickets and sessions of the proxy, the repository without a proxy. */
import { ConformanceError } from "../../contract/errors.ts";
import type { Principal, Site, Step } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import type { QlikConfig } from "./config.ts";
import { CookieJar, openHttp, type Answer, type Http } from "./http.ts";
import { jsonOf, newXrfKey, prefixPath } from "./identity.ts";
import { textOf } from "./ids.ts";
import { isPlainPath } from "./own.ts";
import type { Sender } from "./sender.ts";
import { principalIn, textIn } from "./steps.ts";

export interface Services {
  readonly proxy: Http;
  readonly repository: Http;
}

/** Undefined where the configuration names no certificate. */
export function openServices(config: QlikConfig): Services | undefined {
  const { service } = config;
  if (service === undefined) return undefined;
  const open = (url: string): Http =>
    openHttp({
      url,
      ...(config.caPem === undefined ? {} : { caPem: config.caPem }),
      client: { cert: service.certificatePem, key: service.keyPem },
      allowWrites: config.allowWrites,
      timeoutMs: config.timeoutMs,
    });
  return { proxy: open(service.proxyUrl), repository: open(service.repositoryUrl) };
}

/** Throws for a target without the site's certificate. */
export function servicesOf(services: Services | undefined): Services {
  if (services !== undefined) return services;
  throw new TargetFault("malformed", 'this takes the site\'s certificate: "service" in the configuration');
}

function attributesOf({ session }: Principal): readonly { readonly [name: string]: string }[] {
  return Object.entries(session).flatMap(([name, values]) => values.map((value) => ({ [name]: value })));
}

/** Asks for a ticket of this user at a virtual proxy (IM-120). */
export function askTicket(services: Services, prefix: string, who: Principal, signal: AbortSignal): Promise<Answer> {
  const key = newXrfKey();
  return services.proxy.request({
    method: "POST",
    path: `/qps${prefixPath(prefix)}/ticket?xrfkey=${key}`,
    headers: { "X-Qlik-Xrfkey": key, "Content-Type": "application/json" },
    body: JSON.stringify({ UserDirectory: who.directory, UserId: who.id, Attributes: attributesOf(who) }),
    signal,
  });
}

/** The ticket in an answer; nothing where none was issued. A ticket is a secret: it is shown to the proxy and to nobody else. */
export function ticketIn(answer: Answer): string | undefined {
  if (answer.status !== 201) return undefined;
  const body = jsonOf(answer, "asking for a ticket");
  const ticket = typeof body === "object" && body !== null ? Object.entries(body) : [];
  const found = ticket.find(([name]) => name.toLowerCase() === "ticket")?.[1] as unknown;
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** Sessions and tickets of virtual proxies that the case brings, and of no other. Throws `unsafe`. */
function assertOwnProxy(site: Site, path: string): void {
  const prefixes = (site.entities["VirtualProxyConfig"] ?? []).map((proxy) => textOf(proxy, "prefix"));
  if (isPlainPath(path) && prefixes.some((prefix) => prefix !== "" && path.startsWith(`/qps/${prefix}/`))) return;
  const what = `${path} of the proxy's interface could reach sessions that are not of the case`;
  throw new ConformanceError("unsafe", what, {
    remedy: "name a virtual proxy of the case's own site, in a plain path",
  });
}

/** Who sends a request that goes to one of the doors for services: `"service": "proxy"`, or `"repository"` with `as`. */
export function serviceSender(services: Services, site: Site, step: Step): Sender {
  const named = textIn(step, "service");
  if (named === "proxy") {
    assertOwnProxy(site, textIn(step, "path"));
    return { prefix: "", jar: new CookieJar(), http: services.proxy };
  }
  if (named !== "repository") throw new TargetFault("malformed", '"service" is one of proxy, repository');
  const who = principalIn(step);
  const headers = who === undefined ? {} : { "X-Qlik-User": `UserDirectory=${who.directory}; UserId=${who.id}` };
  return { prefix: "", jar: new CookieJar(), http: services.repository, headers };
}
