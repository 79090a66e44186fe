/** What the proxy's parts pass around. */
import type { Identity } from "../identity.ts";

export type Attributes = { readonly [name: string]: readonly string[] };

/** Whom a credential stands for, before there is a session. */
export interface Login {
  readonly directory: string;
  readonly id: string;
  readonly anonymous: boolean;
  readonly attributes: Attributes;
}

/** What a socket of a session can be told when the session ends (IM-084). */
export interface SessionSocket {
  notify(method: string, message: string): void;
  close(): void;
}

export interface Session {
  /** Value of the cookie: opaque, from the system's randomness (IM-076). */
  readonly cookie: string;
  /** Id of the virtual proxy it belongs to (IM-057). */
  readonly proxy: string;
  readonly identity: Identity;
  readonly csrfToken: string;
  readonly sockets: Set<SessionSocket>;
  /** Milliseconds since the epoch. */
  lastSeen: number;
}

/** Why nobody is let in. */
export interface Denied {
  readonly status: 400 | 401 | 403;
  readonly text: string;
}

/** A VirtualProxyConfig as the proxy reads it (IM-001, IM-002). */
export interface VirtualProxy {
  readonly id: string;
  readonly prefix: string;
  readonly cookieName: string;
  readonly cookieDomain: string;
  readonly secure: boolean;
  readonly sameSite: number;
  readonly inactivityMinutes: number;
  readonly isDefault: boolean;
  readonly method: "ticket" | "header-static" | "header-dynamic" | "saml" | "jwt" | "oidc";
  readonly anonymous: "none" | "allow" | "always";
  readonly nodes: number;
  readonly origins: readonly string[];
  readonly responseHeaders: readonly (readonly [string, string])[];
  readonly header: { readonly name: string; readonly directory: string; readonly pattern: string };
  readonly jwt: JwtSettings;
}

export interface JwtSettings {
  readonly userId: string;
  readonly userDirectory: string;
  readonly audience: string;
  /** X.509 certificate or public key, PEM. */
  readonly certificate: string;
  readonly attributes: readonly AttributeRule[];
}

export interface AttributeRule {
  readonly claim: string;
  readonly attribute: string;
  readonly mandatory: boolean;
}

export type Claims = { readonly [name: string]: unknown };

/** Whom a virtual proxy trusts. */
export interface Trust {
  readonly certificate: string;
  /** The audience a token must name; absent: any or none (IM-038). */
  readonly audience?: string;
}
