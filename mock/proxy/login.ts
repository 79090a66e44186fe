/** Whose session a request is: cookie, token, header or anonymous, in the order the proxy asks (IM-016, IM-041 … IM-044). */
import { randomUUID } from "node:crypto";
import type { Dialect } from "../../catalogue/dialects.ts";
import { textAt } from "../fields.ts";
import type { Repository } from "../repository/repository.ts";
import { cookieValues } from "./cookies.ts";
import { tokenLogin } from "./jwt.ts";
import type { Denied, Login, Session, VirtualProxy } from "./model.ts";
import type { ProxySeams } from "./seams.ts";
import type { Sessions } from "./sessions.ts";
import type { Tickets } from "./tickets.ts";

export interface Gate {
  readonly repository: Repository;
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  readonly dialect: Dialect;
  readonly seams: ProxySeams;
}

export interface Admission {
  readonly session: Session;
  /** Whether the client does not know the session's cookie yet. */
  readonly fresh: boolean;
}

function cookieSession(gate: Gate, proxy: VirtualProxy, headers: Headers): Session | undefined {
  const values = cookieValues(headers.get("cookie"), proxy.cookieName);
  const session = values
    .map((value) => gate.seams.sessionOf(gate.sessions, proxy, value))
    .find((found) => found !== undefined);
  if (session === undefined || session.identity.anonymous) return session;
  const { directory, id } = session.identity;
  return gate.seams.outlives(gate.repository.user(directory, id)) ? session : undefined;
}

/** `$ud\\$id` → a pattern over the header's value; what it does not fit is nobody (IM-018). */
function dynamicLogin(pattern: string, value: string): readonly [string, string] | undefined {
  const quoted = pattern.replaceAll("\\\\", "\\").replaceAll(/[.*+?^(){}|[\]\\]/g, "\\$&");
  const shape = quoted.replace("$ud", "(?<directory>.+?)").replace("$id", "(?<id>.+)");
  const { directory, id } = new RegExp(`^${shape}$`, "s").exec(value)?.groups ?? {};
  return directory === undefined || id === undefined ? undefined : [directory, id];
}

function headerLogin(proxy: VirtualProxy, value: string): Login | Denied {
  const { directory, pattern } = proxy.header;
  const named = proxy.method === "header-static" ? ([directory, value] as const) : dynamicLogin(pattern, value);
  if (named === undefined || named.some((part) => part.trim() === "")) return { status: 400, text: "Bad request" };
  return { directory: named[0], id: named[1], anonymous: false, attributes: {} };
}

/** What a request brings to be let in. */
export interface Entry {
  readonly headers: Headers;
  /** Of the address: `?qlikTicket=…`. */
  readonly ticket?: string | undefined;
}

/** The user of a ticket, which is spent by being shown (IM-121). */
function ticketLogin(gate: Gate, proxy: VirtualProxy, value: string): Login | Denied {
  const ticket = gate.tickets.find(value);
  if (ticket === undefined || !gate.seams.ticketHolds(ticket, proxy)) return { status: 401, text: "Unauthorized" };
  if (gate.seams.ticketIsSpent(ticket)) gate.tickets.spend(value);
  return ticket.login;
}

/** What the request's own credential stands for; nothing when it brings none. */
async function credentialLogin(
  gate: Gate,
  proxy: VirtualProxy,
  { headers, ticket }: Entry,
): Promise<Login | Denied | undefined> {
  if (ticket !== undefined) return ticketLogin(gate, proxy, ticket);
  if (proxy.method === "jwt") {
    const [, token] = /^Bearer(?:\s+(.*))?$/is.exec(headers.get("authorization") ?? "") ?? [];
    return headers.get("authorization")?.toLowerCase().startsWith("bearer") === true
      ? tokenLogin((token ?? "").trim(), proxy.jwt, gate)
      : undefined;
  }
  if (proxy.method !== "header-static" && proxy.method !== "header-dynamic") return undefined;
  const value = proxy.header.name === "" ? null : gate.seams.headerShown(headers, proxy.header.name);
  return value === null ? undefined : headerLogin(proxy, value);
}

/** The account with its first-seen spelling (IM-053); its User entity comes to be at the first log-in (IM-051). */
function accountOf(gate: Gate, login: Login): Login | Denied {
  const { directory, id, ...rest } = gate.seams.accountOf(login);
  if (rest.anonymous) return { directory, id, ...rest };
  if (!gate.seams.mayLogin(gate.repository.user(directory, id)))
    return { status: 401, text: "Unauthorized: the account is not active" };
  const user = gate.repository.userAtLogin(directory, id);
  return { ...rest, directory: textAt(user, "userDirectory"), id: textAt(user, "userId") };
}

function anonymousLogin(): Login {
  return { directory: "NONE", id: `anonymous${randomUUID()}`, anonymous: true, attributes: {} };
}

function nobody(proxy: VirtualProxy): Denied {
  if (proxy.method === "jwt") return { status: 401, text: "Unauthorized: a bearer token is expected" };
  if (proxy.method.startsWith("header"))
    return { status: 400, text: "Bad request: the authentication header is missing" };
  return { status: 401, text: "Unauthorized" };
}

export function isDenied(answer: object): answer is Denied {
  return "status" in answer;
}

function opened(gate: Gate, ask: { proxy: VirtualProxy; login: Login; headers: Headers }): Admission {
  const offered = cookieValues(ask.headers.get("cookie"), ask.proxy.cookieName);
  return { session: gate.sessions.open(ask.proxy, ask.login, gate.seams.cookieFor(offered)), fresh: true };
}

/** What a request's own credential makes of the session that is there, if any: it is never mixed with it (IM-042). */
function taken(
  gate: Gate,
  live: Session | undefined,
  ask: { proxy: VirtualProxy; named: Login; headers: Headers },
): Admission | Denied {
  const login = accountOf(gate, ask.named);
  if (isDenied(login)) return login;
  if (live === undefined) return opened(gate, { ...ask, login });
  if (gate.seams.sameLogin(live, login)) return { session: live, fresh: false };
  const session = gate.seams.switchUser(gate.sessions, live, { proxy: ask.proxy, login });
  return { session, fresh: session.cookie !== live.cookie };
}

/** The session of a request on this virtual proxy, opened if need be, or why there is none. */
export async function admit(gate: Gate, proxy: VirtualProxy, entry: Entry): Promise<Admission | Denied> {
  const { headers } = entry;
  const live = cookieSession(gate, proxy, headers);
  const kept = live === undefined ? undefined : { session: live, fresh: false };
  if (proxy.anonymous === "always") return kept ?? opened(gate, { proxy, headers, login: anonymousLogin() });
  if (kept !== undefined && gate.seams.cookieSuffices(gate.dialect.tokenBesideCookie === "ignored")) return kept;
  const named = await credentialLogin(gate, proxy, entry);
  if (named !== undefined) return isDenied(named) ? named : taken(gate, live, { proxy, named, headers });
  if (kept !== undefined) return kept;
  return proxy.anonymous === "allow" ? opened(gate, { proxy, headers, login: anonymousLogin() }) : nobody(proxy);
}
