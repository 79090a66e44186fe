/** Makes the token a credential recipe describes. Keys live in memory; a token is made when it is sent and then forgotten. */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign as signBytes,
  type KeyObject,
} from "node:crypto";
import { CompactSign, type CompactJWSHeaderParameters } from "jose";
import type { Credential, Json } from "../../contract/types.ts";

export type JwtCredential = Extract<Credential, { by: "jwt" }>;

export interface SigningKeys {
  readonly proxyKeyPem: string;
  /** The certificate the proxy holds; the secret of the key-confusion attack. */
  readonly proxyCertificatePem?: string;
}

let foreign: KeyObject | undefined;
let elliptic: KeyObject | undefined;

function foreignKey(): KeyObject {
  foreign ??= generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  return foreign;
}

function ellipticKey(): KeyObject {
  elliptic ??= generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  return elliptic;
}

function encode(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function claimsOf(recipe: JwtCredential, nowSeconds: number): { readonly [name: string]: Json } {
  return {
    ...recipe.claims,
    ...(recipe.expiresIn === undefined ? {} : { exp: nowSeconds + recipe.expiresIn }),
    ...(recipe.validIn === undefined ? {} : { nbf: nowSeconds + recipe.validIn }),
  };
}

function keyFor(recipe: JwtCredential, keys: SigningKeys): KeyObject {
  const alg = recipe.header["alg"];
  if (typeof alg === "string" && alg.startsWith("ES")) return ellipticKey();
  return recipe.key === "foreign" ? foreignKey() : createPrivateKey(keys.proxyKeyPem);
}

function hmacToken(header: { readonly [name: string]: Json }, payload: string, keys: SigningKeys): string {
  const secret = keys.proxyCertificatePem ?? createPublicKey(keys.proxyKeyPem).export({ type: "spki", format: "pem" });
  const input = `${encode({ ...header, alg: "HS256" })}.${payload}`;
  return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
}

/** Signs with an algorithm name jose would refuse for the key: what an attacker can do, and a library should not. */
function rawToken(header: { readonly [name: string]: Json }, payload: string, key: KeyObject): string {
  const input = `${encode(header)}.${payload}`;
  return `${input}.${signBytes("sha256", Buffer.from(input), key).toString("base64url")}`;
}

async function signed(header: { readonly [name: string]: Json }, payload: string, key: KeyObject): Promise<string> {
  const alg = header["alg"];
  if (typeof alg !== "string" || !/^(RS|PS|ES)(256|384|512)$/.test(alg)) return rawToken(header, payload, key);
  const protectedHeader: CompactJWSHeaderParameters = { ...header, alg };
  return new CompactSign(Buffer.from(payload, "base64url")).setProtectedHeader(protectedHeader).sign(key);
}

function tamper(token: string, claims: { readonly [name: string]: Json }): string {
  const [header, , signature] = token.split(".");
  return `${header}.${encode({ ...claims, tampered: true })}.${signature}`;
}

/** The compact token of a recipe, signed now. */
export async function tokenOf(recipe: JwtCredential, keys: SigningKeys, nowSeconds: number): Promise<string> {
  const claims = claimsOf(recipe, nowSeconds);
  const payload = encode(claims);
  const { attack } = recipe;
  if (attack === "hmac-with-certificate") return hmacToken(recipe.header, payload, keys);
  if (attack === "embedded-key") {
    const jwk = createPublicKey(foreignKey()).export({ format: "jwk" });
    return signed({ ...recipe.header, jwk: { kty: "RSA", n: jwk.n ?? "", e: jwk.e ?? "" } }, payload, foreignKey());
  }
  if (recipe.key === "none") return `${encode(recipe.header)}.${payload}.`;
  const token = await signed(recipe.header, payload, keyFor(recipe, keys));
  if (attack === "tampered-payload") return tamper(token, claims);
  if (attack === "stripped-signature") return token.slice(0, token.lastIndexOf(".") + 1);
  return attack === "truncated" ? token.slice(0, -8) : token;
}
