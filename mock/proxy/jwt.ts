/** Acceptance of tokens (A2 of the wire): signature, times, audience by jose; claims by the virtual proxy's settings. */
import { createPublicKey } from "node:crypto";
import { jwtVerify, type JWTPayload } from "jose";
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Attributes, Claims, Denied, JwtSettings, Login, Trust } from "./model.ts";
import type { ProxySeams } from "./seams.ts";

/** Only these are accepted (IM-031). */
const algorithms: readonly string[] = ["RS256", "RS384", "RS512"];

/** The claims of a token this trust accepts; rejects when it does not. Header parameters never choose the key (IM-033). */
export async function verifyToken(token: string, trust: Trust): Promise<JWTPayload> {
  const audience = trust.audience === undefined ? {} : { audience: trust.audience };
  const { payload } = await jwtVerify(token, createPublicKey(trust.certificate), {
    algorithms: [...algorithms],
    ...audience,
  });
  return payload;
}

/** A claim by its exact name (IM-034). */
export function claimNamed(claims: Claims, name: string): unknown {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}

function textsOf(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.flatMap((item) => {
    if (typeof item === "string") return [item];
    return typeof item === "number" || typeof item === "boolean" ? [String(item)] : [];
  });
}

/** Session attributes: mapped claims only (IM-047, IM-050), arrays value by value (IM-048). */
export function mappedAttributes(settings: JwtSettings, claims: Claims): Attributes {
  const found: { [name: string]: string[] } = {};
  for (const { claim, attribute } of settings.attributes) {
    const values = textsOf(claimNamed(claims, claim));
    if (values.length > 0) (found[attribute] ??= []).push(...values);
  }
  return found;
}

function filled(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

/** The directory: named by a claim, or written in brackets in the setting itself (IM-035). */
function directoryOf(settings: JwtSettings, dialect: Dialect, claim: (name: string) => unknown): unknown {
  const [, fixed] = /^\[(.+)\]$/.exec(settings.userDirectory) ?? [];
  return dialect.staticDirectory && fixed !== undefined ? fixed : claim(settings.userDirectory);
}

const refused: Denied = { status: 401, text: "Unauthorized: the bearer token was not accepted" };

export interface TokenRules {
  readonly dialect: Dialect;
  readonly seams: ProxySeams;
}

/** Whom a token stands for on a virtual proxy with these settings; never somebody else than its claims name (IM-046). */
export async function tokenLogin(token: string, settings: JwtSettings, rules: TokenRules): Promise<Login | Denied> {
  const { dialect, seams } = rules;
  const checked = dialect.audience === "checked" && settings.audience !== "";
  const trust = { certificate: settings.certificate, ...(checked ? { audience: settings.audience } : {}) };
  const claims: Claims | undefined = await seams.verifyToken(token, trust).catch(() => undefined);
  if (claims === undefined) return refused;
  const claim = (name: string): unknown => (name === "" ? undefined : seams.claimNamed(claims, name));
  const [id, directory] = [claim(settings.userId), directoryOf(settings, dialect, claim)];
  if (!filled(id) || !filled(directory)) return refused;
  const missing = settings.attributes.some((one) => one.mandatory && textsOf(claim(one.claim)).length === 0);
  if (missing) return refused;
  return { directory, id, anonymous: false, attributes: seams.mappedAttributes(settings, claims) };
}
