/**
 * Conversations of several browsers with virtual proxies, played symbolically: cookies are data, sessions are per virtual
 * proxy (IM-057), and nobody's session ever answers for somebody else (IM-042).
 */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Credential, Outcome, Principal, Reason, Site, Step } from "../../contract/types.ts";
import { malformed, principalIn, textIn as textOf } from "../life-cycle/steps.ts";
import { sameName } from "./site-entities.ts";
import { admit } from "./spec.ts";

/** What lies behind the proxy. */
export interface ConversationPorts {
  /** What this user gets when he opens the app through its tables, his socket going through that virtual proxy. */
  readonly open: (app: string, as: Principal, proxy: string) => Outcome;
  /** What a step beyond log-ins gives; undefined for one it does not know. */
  readonly perform?: (step: Step, as: Principal) => Outcome | undefined;
}

export interface Conversation {
  /** One outcome a step. */
  readonly of: readonly Outcome[];
  readonly because: readonly Reason[];
}

interface Session {
  readonly proxy: string;
  readonly principal: Principal;
}

/** A browser: the session its cookie names, by virtual proxy. */
type Jar = ReadonlyMap<string, Session>;

interface Scene {
  readonly site: Site;
  readonly dialect: Dialect;
  readonly ports: ConversationPorts;
  readonly jars: Map<string, Jar>;
  readonly alive: Set<Session>;
  readonly because: Reason[];
}

/** Who a request turns out to come from. */
type Caller =
  | { readonly known: true; readonly session: Session }
  | { readonly known: false; readonly outcome: Outcome };

const credentialKinds: readonly Credential["by"][] = ["jwt", "header", "ticket", "certificate", "bytes", "nothing"];

function isCredential(value: unknown): value is Credential {
  if (typeof value !== "object" || value === null || !("by" in value)) return false;
  const { by } = value;
  if (!credentialKinds.some((kind) => kind === by)) return false;
  if (by === "jwt") return "header" in value && "claims" in value && "key" in value;
  if (by === "bytes") return "authorization" in value;
  return by === "nothing" || "principal" in value;
}

function credentialOf(step: Step): Credential {
  const value = step.with["credential"] ?? { by: "nothing" };
  if (!isCredential(value)) throw malformed(step, "a credential");
  return value;
}

function jarOf(scene: Scene, actor: string): Jar {
  return scene.jars.get(actor) ?? new Map();
}

function liveSession(scene: Scene, actor: string, proxy: string): Session | undefined {
  const session = jarOf(scene, actor).get(proxy);
  return session !== undefined && session.proxy === proxy && scene.alive.has(session) ? session : undefined;
}

function keep(scene: Scene, actor: string, session: Session): void {
  scene.jars.set(actor, new Map([...jarOf(scene, actor), [session.proxy, session]]));
}

function sameUser(a: Principal, b: Principal): boolean {
  return sameName(a.directory, b.directory) && sameName(a.id, b.id);
}

/** A group of an earlier log-in does not live on: a session is kept only with the attributes it began with (SEC-12). */
function sameLogin(a: Principal, b: Principal): boolean {
  return sameUser(a, b) && JSON.stringify(a.session) === JSON.stringify(b.session);
}

/** A live cookie suffices (IM-043), unless a token beside it is validated all the same (IM-041). */
function cookieAnswers(credential: Credential, dialect: Dialect): boolean {
  switch (credential.by) {
    case "nothing":
    case "certificate":
      return true;
    case "jwt":
    case "bytes":
      return dialect.tokenBesideCookie === "ignored";
    case "header":
    case "ticket":
      return false;
  }
}

/** Who a request with the actor's cookie and this credential comes from; sets his cookie where a session begins. */
function call(scene: Scene, step: Step): Caller {
  const proxy = textOf(step, "proxy");
  const credential = credentialOf(step);
  const live = liveSession(scene, step.actor, proxy);
  if (live !== undefined && cookieAnswers(credential, scene.dialect)) {
    const spoken = credential.by === "nothing" ? "IM-043" : "IM-041";
    scene.because.push({
      requirement: spoken,
      evidence: `${step.actor}'s cookie at ${proxy} is ${live.principal.id}'s`,
    });
    return { known: true, session: live };
  }
  const admission = admit(scene.site, proxy, credential, scene.dialect);
  scene.because.push(...admission.because);
  if (!admission.admitted) {
    if (live !== undefined)
      scene.because.push({ requirement: "IM-041", evidence: "a token beside a cookie is validated" });
    return { known: false, outcome: { kind: "refused", by: "proxy", code: admission.code } };
  }
  if (live !== undefined && sameLogin(live.principal, admission.principal)) return { known: true, session: live };
  if (live !== undefined) scene.because.push(renewal(live.principal, admission.principal));
  return { known: true, session: begin(scene, step.actor, { proxy, principal: admission.principal }) };
}

function renewal(before: Principal, after: Principal): Reason {
  return sameUser(before, after)
    ? { requirement: "SEC-12", evidence: "other attributes make a new session" }
    : { requirement: "IM-042", evidence: "another user gets a new session" };
}

function begin(scene: Scene, actor: string, session: Session): Session {
  scene.alive.add(session);
  keep(scene, actor, session);
  return session;
}

function whose({ principal }: Session): Outcome {
  return { kind: "session", directory: principal.directory, id: principal.id, sets: {} };
}

function identify(scene: Scene, step: Step): Outcome {
  const caller = call(scene, step);
  return caller.known ? whose(caller.session) : caller.outcome;
}

function open(scene: Scene, step: Step): Outcome {
  const caller = call(scene, step);
  if (!caller.known) return caller.outcome;
  return scene.ports.open(textOf(step, "app"), caller.session.principal, textOf(step, "proxy"));
}

/** Ends all sessions of the user at this virtual proxy, and none elsewhere (IM-085). */
function logout(scene: Scene, step: Step): Outcome {
  const proxy = textOf(step, "proxy");
  const own = liveSession(scene, step.actor, proxy);
  for (const session of scene.alive) {
    if (own !== undefined && session.proxy === proxy && sameUser(session.principal, own.principal))
      scene.alive.delete(session);
  }
  scene.because.push({ requirement: "IM-085", evidence: `${step.actor} logs out at ${proxy}` });
  return { kind: "session", directory: "", id: "", sets: {} };
}

/**
 * Takes over every cookie of another browser, or with `of` the one of that virtual proxy under the name of this one's; a
 * cookie is worth what its own virtual proxy holds it to be (IM-057).
 */
function copyCookies(scene: Scene, step: Step): Outcome {
  const from = jarOf(scene, textOf(step, "from"));
  const renamed = step.with["of"] === undefined ? undefined : from.get(textOf(step, "of"));
  const taken: Jar = renamed === undefined ? from : new Map([[textOf(step, "proxy"), renamed]]);
  scene.jars.set(step.actor, new Map([...jarOf(scene, step.actor), ...taken]));
  return identify(scene, step);
}

/** Made-up values under the names of another browser's cookies are no sessions (IM-076). */
function forgeCookies(scene: Scene, step: Step): Outcome {
  scene.jars.set(step.actor, new Map());
  scene.because.push({ requirement: "IM-076", evidence: `${step.actor}'s cookie is made up` });
  return identify(scene, step);
}

/** A step that names its principal needs no cookie; any other comes from the session of the actor's cookie. */
function perform(scene: Scene, step: Step): Outcome {
  if (!knownSteps.some((name) => name === step.do)) throw malformed(step, `one of ${knownSteps.join(", ")}`);
  const named = principalIn(step);
  const caller = named === undefined ? call(scene, step) : undefined;
  if (caller?.known === false) return caller.outcome;
  const as = caller?.session.principal ?? named;
  const outcome = as === undefined ? undefined : scene.ports.perform?.(step, as);
  if (outcome === undefined) throw malformed(step, "a step of a principal, or of a browser that logged in");
  return outcome;
}

/** The steps a conversation may take on the reference; docs/reference/cases.md explains them. */
const knownSteps = [
  "login",
  "whoami",
  "logout",
  "cookie-of",
  "forge-cookie",
  "open",
  "list",
  "layout",
  "set-script",
  "reload",
  "reload-by-task",
  "publish",
  "republish",
  "export-reduced",
] as const;

function play(scene: Scene, step: Step): Outcome {
  if (step.with["as"] !== undefined) return perform(scene, step);
  switch (step.do) {
    case "login":
    case "whoami":
      return identify(scene, step);
    case "open":
      return open(scene, step);
    case "logout":
      return logout(scene, step);
    case "cookie-of":
      return copyCookies(scene, step);
    case "forge-cookie":
      return forgeCookies(scene, step);
    default:
      return perform(scene, step);
  }
}

/** Plays the steps in order. Throws `input` for a step that cannot be played. */
export function converse(site: Site, steps: readonly Step[], dialect: Dialect, ports: ConversationPorts): Conversation {
  const scene: Scene = { site, dialect, ports, jars: new Map(), alive: new Set(), because: [] };
  const of = steps.map((step) => play(scene, step));
  return { of, because: scene.because };
}
