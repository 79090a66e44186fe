/** What a virtual proxy makes of a token (A2): signature, times, audience, names, attributes. Tokens come as recipes. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Credential, Entity, Json, JwtAttack, Reason, RequirementId } from "../../contract/types.ts";
import { recordsAt, textAt } from "./site-entities.ts";
import type { Attributes, Claimed } from "./users.ts";

export type TokenRecipe = Extract<Credential, { by: "jwt" }>;

export type TokenVerdict =
  | { readonly valid: true; readonly claimed: Claimed; readonly because: readonly Reason[] }
  | { readonly valid: false; readonly because: readonly Reason[] };

/** A step that lets the token pass answers nothing. */
type Objection = Reason | undefined;

function objection(requirement: RequirementId, evidence: string): Reason {
  return { requirement, evidence };
}

const algorithms = new Set(["RS256", "RS384", "RS512"]);

const attackedRule: { readonly [attack in JwtAttack]: RequirementId } = {
  "tampered-payload": "IM-045",
  "stripped-signature": "IM-045",
  "hmac-with-certificate": "IM-031",
  "embedded-key": "IM-033",
  truncated: "IM-045",
};

/** RS256, RS384 and RS512 by the key of the proxy's certificate, and nothing else (IM-031 to IM-033). */
function badSignature({ header, key, attack }: TokenRecipe): Objection {
  if (attack !== undefined) return objection(attackedRule[attack], `the token is ${attack}`);
  const algorithm = header["alg"] ?? "RS256";
  if (typeof algorithm !== "string" || !algorithms.has(algorithm)) {
    return objection("IM-031", `algorithm ${JSON.stringify(algorithm)}`);
  }
  if (key === "foreign") return objection("IM-032", "signed by a key that is not the proxy's");
  return key === "none" ? objection("IM-031", "not signed") : undefined;
}

/** Times within ten minutes of now hang on a clock tolerance nobody states (IM-040). */
const margin = 600;

/** 2001; a time claim written as a number lies before it or well ahead. */
const past = 1_000_000_000;

function whyTime(what: string, distance: number): Reason {
  return objection(Math.abs(distance) < margin ? "IM-040" : "IM-036", what);
}

/** `exp` and `nbf` are the standard times that count; without `exp` a token does not expire (IM-036). */
function badTimes({ claims, expiresIn, validIn }: TokenRecipe): Objection {
  if (expiresIn !== undefined && expiresIn <= 0) return whyTime(`expired ${-expiresIn} s ago`, expiresIn);
  if (validIn !== undefined && validIn > 0) return whyTime(`valid in ${validIn} s only`, validIn);
  const written = expiresIn === undefined ? claims["exp"] : undefined;
  if (written === undefined) return undefined;
  const alive = typeof written === "number" && written > past;
  return alive ? undefined : objection("IM-036", `exp is ${JSON.stringify(written)}`);
}

function badAudience({ claims }: TokenRecipe, proxy: Entity, dialect: Dialect): Objection {
  const wanted = textAt(proxy, "jwtAudience");
  if (wanted === "" || dialect.audience === "ignored") return undefined;
  const audience = claims["aud"];
  const meant = Array.isArray(audience) ? audience.includes(wanted) : audience === wanted;
  return meant ? undefined : objection("IM-038", `audience ${JSON.stringify(audience ?? null)}, expected ${wanted}`);
}

/** `[CORP]` in place of a claim name is the directory itself (IM-035). */
function staticDirectory(proxy: Entity, dialect: Dialect): string | undefined {
  if (!dialect.staticDirectory) return undefined;
  return /^\[(.+)\]$/.exec(textAt(proxy, "jwtAttributeUserDirectory"))?.[1];
}

/** A claim that names somebody: a text that is not blank, under exactly the configured name (IM-034, IM-046). */
function nameIn(claims: TokenRecipe["claims"], setting: string): string | undefined {
  const value = Object.hasOwn(claims, setting) ? claims[setting] : undefined;
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** A claim's values; an array repeats the attribute, a text with commas is one value (IM-048). */
function valuesOf(claim: Json | undefined): readonly string[] {
  const items = Array.isArray(claim) ? claim : claim === undefined ? [] : [claim];
  return items.flatMap((item: Json) =>
    typeof item === "string" ? [item] : typeof item === "number" || typeof item === "boolean" ? [String(item)] : [],
  );
}

interface Mapped {
  readonly session: Attributes;
  readonly missing: string | undefined;
}

/** Claims become session attributes under their mapped names, and only those (IM-047, IM-050). */
function mappedAttributes({ claims }: TokenRecipe, proxy: Entity): Mapped {
  const session: { [name: string]: readonly string[] } = {};
  let missing: string | undefined;
  for (const item of recordsAt(proxy, "jwtAttributeMap")) {
    const claim = textAt(item, "jwtAttribute");
    const values = valuesOf(Object.hasOwn(claims, claim) ? claims[claim] : undefined);
    if (values.length === 0) missing ??= item["isMandatory"] === true ? claim : undefined;
    else session[textAt(item, "senseAttribute")] = [...(session[textAt(item, "senseAttribute")] ?? []), ...values];
  }
  return { session, missing };
}

function refused(why: Reason): TokenVerdict {
  return { valid: false, because: [why] };
}

function whyNameless(proxy: Entity, claims: TokenRecipe["claims"], setting: string): Reason {
  const wanted = textAt(proxy, setting);
  if (Object.hasOwn(claims, wanted)) return objection("IM-046", `claim ${wanted} names nobody`);
  const near = Object.keys(claims).find((name) => name.toLowerCase() === wanted.toLowerCase());
  if (near === undefined) return objection("IM-046", `no claim ${wanted}`);
  return objection("IM-034", `claim ${near} is not ${wanted}`);
}

/** The verdict on a token at a virtual proxy that takes tokens. */
export function judgeToken(token: TokenRecipe, proxy: Entity, dialect: Dialect): TokenVerdict {
  const flaw = badSignature(token) ?? badTimes(token) ?? badAudience(token, proxy, dialect);
  if (flaw !== undefined) return refused(flaw);
  const id = nameIn(token.claims, textAt(proxy, "jwtAttributeUserId"));
  if (id === undefined) return refused(whyNameless(proxy, token.claims, "jwtAttributeUserId"));
  const fixed = staticDirectory(proxy, dialect);
  const directory = fixed ?? nameIn(token.claims, textAt(proxy, "jwtAttributeUserDirectory"));
  if (directory === undefined) return refused(whyNameless(proxy, token.claims, "jwtAttributeUserDirectory"));
  const { session, missing } = mappedAttributes(token, proxy);
  if (missing !== undefined) return refused(objection("IM-003", `the mandatory claim ${missing} is missing`));
  return {
    valid: true,
    claimed: { directory, id, session },
    because: whyValid({ directory, id, session }, fixed, token),
  };
}

function whyValid({ directory, id, session }: Claimed, fixed: string | undefined, token: TokenRecipe): Reason[] {
  const because = [objection("IM-034", `the token names ${directory}\\${id}`)];
  if (fixed !== undefined) because.push(objection("IM-035", `the directory is set to ${fixed}`));
  const near = [token.expiresIn, token.validIn].find((time) => time !== undefined && Math.abs(time) < margin);
  if (near !== undefined) because.push(objection("IM-040", `a time ${near} s from now`));
  if (Object.keys(session).length > 0)
    because.push(objection("IM-047", `attributes ${Object.keys(session).join(", ")}`));
  return because;
}
