/** Follows conversations: several browsers at virtual proxies, and principals who change, load and publish apps. */
import type { Json, Outcome, Step } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import { call } from "./call.ts";
import { CookieJar } from "./http.ts";
import type { Session } from "./identity.ts";
import { textOf } from "./ids.ts";
import { lifeSteps } from "./life-cycle.ts";
import { leave, visited } from "./log-out.ts";
import { authorizationOf, forgedFrom, login, logout, redeem, whoseSession } from "./login.ts";
import { request } from "./request.ts";
import type { Sender } from "./sender.ts";
import { askTicket, servicesOf, serviceSender, ticketIn } from "./services.ts";
import { principalIn, textIn as textArgument } from "./steps.ts";
import { sessionIn, type Visit } from "./visit.ts";

interface Browsers {
  readonly jars: Map<string, CookieJar>;
  /** By the actor whose step asked for them. */
  readonly tickets: Map<string, string>;
}

function jarOf(browsers: Browsers, actor: string): CookieJar {
  const jar = browsers.jars.get(actor) ?? new CookieJar();
  browsers.jars.set(actor, jar);
  return jar;
}

type JwtOrOther = Parameters<typeof authorizationOf>[1];

function credentialArgument(value: Json | undefined): JwtOrOther | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null || !("by" in value)) {
    throw new TargetFault("malformed", "a step's credential is no recipe");
  }
  return value as JwtOrOther;
}

function cookieName(visit: Visit, prefix: string): string {
  const proxy = (visit.site.entities["VirtualProxyConfig"] ?? []).find((entity) => textOf(entity, "prefix") === prefix);
  if (proxy === undefined) throw new TargetFault("malformed", `the case has no virtual proxy ${prefix}`);
  return textOf(proxy, "sessionCookieHeaderName");
}

/** All cookies of another browser, or with `of` the one of that virtual proxy under the name of this one's. */
function takeCookies(visit: Visit, jar: CookieJar, from: CookieJar, step: Step): void {
  if (step.with["of"] === undefined) return jar.copyFrom(from);
  const value = from.value(cookieName(visit, textArgument(step, "of")));
  if (value !== undefined) jar.accept([`${cookieName(visit, textArgument(step, "proxy"))}=${value}`]);
}

/** The session of a step's actor: the one his cookies open, after the credential he brings, if any. */
async function cookieSession(visit: Visit, browsers: Browsers, step: Step): Promise<Session | Outcome> {
  const jar = jarOf(browsers, step.actor);
  const prefix = textArgument(step, "proxy");
  const credential = credentialArgument(step.with["credential"]);
  if (credential !== undefined) {
    const entered = await login(visit.door, prefix, credential, jar);
    if (entered.kind !== "session") return entered;
  }
  return sessionIn(visit, prefix, jar);
}

/** A step that names its principal comes from a session of his; any other from the browser of its actor. */
async function takeLifeStep(visit: Visit, browsers: Browsers, step: Step): Promise<Outcome> {
  const play = lifeSteps.get(step.do);
  if (play === undefined) throw new TargetFault("malformed", `no such step: ${step.do}`);
  const named = principalIn(step);
  const session = named === undefined ? await cookieSession(visit, browsers, step) : await visit.sessions.of(named);
  return "kind" in session ? session : play(visit, session, step);
}

/** Whose request it is: a principal's session, or the actor's cookies with the credential he shows beside them. */
async function senderOf(visit: Visit, browsers: Browsers, step: Step): Promise<Sender> {
  if (step.with["service"] !== undefined) return serviceSender(servicesOf(visit.door.services), visit.site, step);
  const named = principalIn(step);
  if (named !== undefined) return visit.sessions.of(named);
  const jar = jarOf(browsers, step.actor);
  const prefix = textArgument(step, "proxy");
  const credential = credentialArgument(step.with["credential"]);
  const authorization = credential === undefined ? undefined : await authorizationOf(visit.door.config, credential);
  const csrf = step.do === "call" && jar.size > 0 ? (await sessionIn(visit, prefix, jar)).csrf : undefined;
  return {
    prefix,
    jar,
    ...(csrf === undefined ? {} : { csrf }),
    ...(authorization === undefined ? {} : { authorization }),
  };
}

/** A ticket for the principal of the step, kept under its actor's name for a later log-in; nobody is logged in yet. */
async function takeTicket(visit: Visit, browsers: Browsers, step: Step): Promise<Outcome> {
  const who = principalIn(step);
  if (who === undefined) throw new TargetFault("malformed", 'step "ticket" names nobody in "as"');
  const services = servicesOf(visit.door.services);
  const answer = await askTicket(services, textArgument(step, "proxy"), who, visit.door.signal);
  const ticket = ticketIn(answer);
  if (ticket !== undefined) browsers.tickets.set(step.actor, ticket);
  return { kind: "measure", values: { status: answer.status, ticket: ticket === undefined ? null : "present" } };
}

/** A log-in by a recipe, or by a ticket an earlier step asked for: `"ticketOf": actor`. */
function enter(visit: Visit, browsers: Browsers, step: Step): Promise<Outcome> {
  const [jar, prefix] = [jarOf(browsers, step.actor), textArgument(step, "proxy")];
  if (step.with["ticketOf"] === undefined)
    return login(visit.door, prefix, credentialArgument(step.with["credential"]) ?? { by: "nothing" }, jar);
  const ticket = browsers.tickets.get(textArgument(step, "ticketOf"));
  if (ticket === undefined) throw new TargetFault("malformed", "no ticket was issued that could be shown");
  return redeem(visit.door, prefix, ticket, jar);
}

async function takeStep(visit: Visit, browsers: Browsers, step: Step): Promise<Outcome> {
  if (step.do === "request") return request(visit, await senderOf(visit, browsers, step), step);
  if (step.do === "call") return call(visit, await senderOf(visit, browsers, step), step);
  if (step.do === "ticket") return takeTicket(visit, browsers, step);
  if (step.with["as"] !== undefined) return takeLifeStep(visit, browsers, step);
  const jar = jarOf(browsers, step.actor);
  const credential = credentialArgument(step.with["credential"]);
  const prefix = textArgument(step, "proxy");
  switch (step.do) {
    case "login":
      return enter(visit, browsers, step);
    case "whoami":
      return credential === undefined
        ? whoseSession(visit.door, prefix, jar)
        : login(visit.door, prefix, credential, jar);
    case "logout":
      return logout(visit.door, prefix, jar);
    case "cookie-of":
      takeCookies(visit, jar, jarOf(browsers, textArgument(step, "from")), step);
      return whoseSession(visit.door, prefix, jar);
    case "forge-cookie":
      browsers.jars.set(step.actor, forgedFrom(jarOf(browsers, textArgument(step, "from"))));
      return whoseSession(visit.door, prefix, jarOf(browsers, step.actor));
    default:
      return takeLifeStep(visit, browsers, step);
  }
}

/** Plays the steps in order, each browser with its own cookies; the transcript has one outcome a step. */
export async function converse(visit: Visit, steps: readonly Step[]): Promise<Outcome> {
  const browsers: Browsers = { jars: new Map(), tickets: new Map() };
  const of: Outcome[] = [];
  try {
    for (const step of steps) of.push(await takeStep(visit, browsers, step));
  } finally {
    await leave(visit.door, visited(steps, browsers.jars));
  }
  return { kind: "transcript", of };
}
