/**
 * The seams of the house, as types. Nothing here names a library; a case is data someone could use without us.
 * A target never sees an {@link Expected}; no token, key, cookie, clock, duration, port or random id stands in a case.
 */

import type { RequirementId } from "./requirements.ts";

export type { Area, Basis, Level, Requirement, RequirementId, Source } from "./requirements.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One QRS entity in the shape QRS answers; unknown fields are kept. */
export interface Entity {
  readonly id: string;
  readonly [field: string]: Json;
}

export interface SiteApp {
  readonly script: string;
  /** Content of the files the script reads, by the path it uses (`lib://Data/access.csv`). */
  readonly files: { readonly [path: string]: string };
}

/** A reporting tool's connection: who is asked when a user is named, and who when nobody is (S0). */
export interface Datasource {
  /** Prefix of the virtual proxy it goes through. */
  readonly proxy: string;
  readonly defaultDirectory: string;
  readonly defaultUser: string;
}

/** All a deployment holds that matters here, as data. */
export interface Site {
  readonly entities: { readonly [qrsType: string]: readonly Entity[] };
  readonly apps: { readonly [appId: string]: SiteApp };
  readonly datasources?: { readonly [name: string]: Datasource };
}

/** Who asks. Anonymous users have directory `NONE` and an id beginning with `anonymous`. */
export interface Principal {
  readonly directory: string;
  readonly id: string;
  /** Groups known to the user directory (`user.group`). */
  readonly groups: readonly string[];
  /** Other directory attributes (`user.<name>`). */
  readonly attributes: { readonly [name: string]: readonly string[] };
  /** Session attributes (`user.environment.<name>`). */
  readonly session: { readonly [name: string]: readonly string[] };
}

/** A recipe the adapter signs or sends: no key, no clock, no token at rest. */
export type Credential =
  | {
      readonly by: "jwt";
      readonly header: { readonly [name: string]: Json };
      readonly claims: { readonly [name: string]: Json };
      /** `proxy`: the key whose certificate the proxy holds; `foreign`: another RSA key; `none`: no signature. */
      readonly key: "proxy" | "foreign" | "none";
      /** Seconds from now for `exp`; negative is past; absent: no `exp`. */
      readonly expiresIn?: number;
      /** Seconds from now for `nbf`; positive is future; absent: no `nbf`. */
      readonly validIn?: number;
      readonly attack?: JwtAttack;
    }
  | { readonly by: "header" | "ticket" | "certificate"; readonly principal: Principal }
  /** Sent as it is in the Authorization header. */
  | { readonly by: "bytes"; readonly authorization: string }
  | { readonly by: "nothing" };

/** What is done to a token after (or instead of) signing it. */
export type JwtAttack =
  | "tampered-payload"
  | "stripped-signature"
  | "hmac-with-certificate"
  | "embedded-key"
  | "truncated";

/** The door through which the engine is asked for data. */
export type Surface = "tables" | "hypercube" | "list" | "search" | "fields" | "counts" | "export";

export type RequestContext = "hub" | "qmc";

export type ResourceRef =
  | { readonly type: string; readonly id: string }
  | { readonly type: string; readonly wouldBe: Entity };

export interface Step {
  /** Name of the browser (a cookie jar) that acts. */
  readonly actor: string;
  readonly do: string;
  readonly with: { readonly [name: string]: Json };
}

/** A question to a target. */
export type Probe =
  | {
      readonly kind: "open";
      readonly app: string;
      readonly as: Principal;
      readonly through: Surface;
      /** Open without data, the documented way back in for someone who may edit the script. */
      readonly noData?: true;
    }
  | {
      readonly kind: "decide";
      readonly as: Principal;
      readonly resource: ResourceRef;
      /** Of a security rule; `allowaccess` asks licence rules, `loadbalancing` those that place apps on a `node` (its id). */
      readonly action: string;
      readonly node?: string;
      readonly context: RequestContext;
      /** Condition of a security rule that is not installed: tried out on all resources of the type (SR-704). */
      readonly preview?: string;
    }
  | { readonly kind: "login"; readonly proxy: string; readonly with: Credential }
  /** A datasource asks on behalf of somebody; nobody named means its default user. */
  | { readonly kind: "impersonate"; readonly datasource: string; readonly user?: Principal; readonly app?: string }
  | { readonly kind: "converse"; readonly steps: readonly Step[] };

/** A value of a field: a number, a text, a dual whose text differs from its number, or NULL. */
export type Value = string | number | null | { readonly n: number; readonly t: string };

export interface ViewTable {
  readonly name: string;
  readonly fields: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

export type FailureCode =
  | "unreachable"
  | "timed-out"
  | "malformed"
  | "unlicensed"
  | "not-found"
  | "budget-spent"
  | "truncated";

/** The answer to a probe. */
export type Outcome =
  | { readonly kind: "view"; readonly fields: readonly string[]; readonly tables: readonly ViewTable[] }
  | { readonly kind: "measure"; readonly values: { readonly [name: string]: Value } }
  | { readonly kind: "without-data" }
  | { readonly kind: "refused"; readonly by: "proxy" | "repository" | "engine"; readonly code: number }
  | {
      readonly kind: "decision";
      readonly allowed: boolean;
      /** Names of rules that could not be judged; absent: this way of asking does not tell. */
      readonly broken?: readonly string[];
    }
  | {
      readonly kind: "session";
      readonly directory: string;
      readonly id: string;
      /** What else the session shows: `apps` (names listed), session attributes … */
      readonly sets: { readonly [name: string]: Json };
    }
  | { readonly kind: "transcript"; readonly of: readonly Outcome[] }
  | { readonly kind: "undetermined"; readonly code: FailureCode; readonly detail: string };

/** Why an answer is what it is: the requirement, and the row, value, rule or atom that shows it. */
export interface Reason {
  readonly requirement: RequirementId;
  readonly evidence: string;
}

/** What is expected of an ask: written by a person or the oracle, never shown to a target. */
export type Expected = { readonly because: readonly Reason[] } & (
  | { readonly kind: "known"; readonly outcome: Outcome; readonly alsoAcceptable?: readonly Outcome[] }
  | {
      readonly kind: "relation";
      readonly to: readonly string[];
      readonly holds: "equal" | "within" | "union" | "different" | "consistent";
    }
);

/** A probe with what is expected of it. */
export interface Ask {
  /** Unique within the case. */
  readonly id: string;
  /** Name of the site it is put to; absent: `main`. */
  readonly at?: string;
  readonly probe: Probe;
  readonly expected: Expected;
  readonly proves: readonly RequirementId[];
  /** Id of the ask of the same case that shows the contrast: the two expectations exclude each other. */
  readonly contrast?: string;
}

/** What a target can do; `categories`: it answers questions of licence and load-balancing rules. */
export type Capability =
  | "deploy"
  | "reload"
  | "groups"
  | "audit"
  | "categories"
  | "proxies"
  | "life-cycle"
  | "wire"
  | "certificate"
  | "browser"
  | "destructive"
  | `surface:${Surface}`;

export type Origin =
  | { readonly kind: "golden"; readonly source: string }
  | {
      readonly kind: "generated";
      readonly campaign: string;
      readonly version: number;
      readonly seed: number;
      readonly index: number;
    }
  | { readonly kind: "shrunk"; readonly from: string }
  | { readonly kind: "site" };

/** One or more small sites and the asks put to them. Plain data. */
export interface Case {
  /** Address, unique in the run: `section-access/we-1/initial`. */
  readonly id: string;
  /** What the case shows, in the third person. */
  readonly title: string;
  /** Name of the dialect its expectations were written for. */
  readonly dialect: string;
  readonly needs: readonly Capability[];
  readonly sites: { readonly main: Site; readonly [name: string]: Site };
  readonly asks: readonly [Ask, ...Ask[]];
  readonly origin: Origin;
}

/** Whatever cases are replayed against. */
export interface Target {
  readonly name: string;
  readonly capabilities: readonly Capability[];
  /** Declared dialect: the target is then judged on disputed readings too. */
  readonly dialect?: string;
  /** What is there already and stays; absent: closed world. */
  ambient?(signal: AbortSignal): Promise<Site>;
  prepare(site: Site, how: Preparation): Promise<Deployment>;
  /** Gives back what the target holds (servers, sockets). Called once, after the last deployment. */
  close?(): Promise<void>;
}

export interface Preparation {
  readonly mode: "deploy" | "attach";
  /** Marks everything created, so that it can be found and removed also after a crash. */
  readonly tag: string;
  readonly signal: AbortSignal;
}

export interface Deployment {
  ask(probe: Probe, signal: AbortSignal): Promise<Outcome>;
  dispose(): Promise<void>;
}

/** The judgement on one ask. */
export type Verdict = {
  readonly case: string;
  readonly ask: string;
  readonly requirements: readonly RequirementId[];
} & (
  | { readonly result: "pass" | "acceptable" }
  | {
      readonly result: "fail" | "observed";
      readonly expected: Expected;
      readonly observed: Outcome;
      /** One line for a person: what differs. */
      readonly difference: string;
    }
  | { readonly result: "inapplicable"; readonly missing: Capability | "ambient-decides" }
  | { readonly result: "inconclusive"; readonly code: FailureCode | "uncontrolled"; readonly detail: string }
  | { readonly result: "harness-error"; readonly detail: string }
);

/** The standing of one requirement in a run. Only `proven` is green. */
export type Standing = "proven" | "broken" | "unproven" | "observed" | "inapplicable" | "inconclusive" | "excluded";
