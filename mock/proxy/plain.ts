/** The proxy's seams as documented. */
import type { RequestContext } from "../../contract/types.ts";
import { setCookie } from "./cookies.ts";
import { claimNamed, mappedAttributes, verifyToken } from "./jwt.ts";
import type { Login, Session } from "./model.ts";
import type { ProxySeams } from "./seams.ts";
import { isOf } from "./sessions.ts";
import { isFresh } from "./tickets.ts";
import { isLinked, isMeant } from "./virtual-proxies.ts";

/** Only the context part of what a client says of itself counts (IM-061, IM-062, QR-010). */
function contextAsked(headers: Headers): RequestContext {
  const [, context] = /(?:^|;)\s*context\s*=\s*(\w+)/i.exec(headers.get("x-qlik-security") ?? "") ?? [];
  return context?.toLowerCase() === "managementaccess" ? "qmc" : "hub";
}

function hostName(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname : origin;
}

/** A page of another host must not open a socket with the visitor's cookie; clients outside a browser send no Origin (IM-073b). */
function originFits(origin: string | null, host: string, allowed: readonly string[]): boolean {
  if (origin === null) return true;
  return [hostName(`https://${host}`), ...allowed].includes(hostName(origin));
}

/** Same user, same attributes: a group of an earlier log-in must not live on (SEC-12). */
function sameLogin(live: Session, login: Login): boolean {
  return isOf(live, login) && JSON.stringify(live.identity.session) === JSON.stringify(login.attributes);
}

export const plainProxy: ProxySeams = {
  verifyToken,
  claimNamed,
  mappedAttributes,
  accountOf: (login) => login,
  mayLogin: (user) => user?.["blacklisted"] !== true && user?.["inactive"] !== true,
  sessionOf: (sessions, proxy, cookie) => sessions.find(proxy, cookie),
  outlives: () => true,
  cookieFor: () => undefined,
  sameLogin,
  cookieSuffices: (ignored) => ignored,
  switchUser: (sessions, _live, { proxy, login }) => sessions.open(proxy, login),
  isLinked,
  readProxy: (proxy) => proxy,
  isMeant,
  isTooMany: (sessions, limit) => sessions > limit,
  isEnginePath: (path) => /^\/app\/[^/]+/i.test(path),
  logOut: (sessions, proxy, of) => sessions.logout(proxy, of),
  ticketHolds: (ticket, proxy) => ticket.proxy === proxy.id && isFresh(ticket, Date.now()),
  ticketIsSpent: () => true,
  ticketFor: (login) => login,
  headerShown: (headers, name) => headers.get(name),
  certified: (named) => named,
  endSession: (sessions, session) => sessions.end(session),
  endUser: (sessions, proxy, of) => sessions.logout(proxy, of),
  csrfAnswer: (token) => ({ status: 204, headers: { "qlik-csrf-token": token }, text: "" }),
  reachesEngine: (nodes) => nodes > 0,
  caller: (session) => session,
  setCookie,
  bringsCookie: () => true,
  addedHeaders: ({ responseHeaders }) => responseHeaders,
  contextAsked,
  csrfHolds: (expected, given) => given === expected,
  originFits,
  deploymentType: "QlikSenseServer",
  xrfHolds: (query, header) => query !== undefined && /^[0-9A-Za-z]{16}$/.test(query) && query === header,
};
