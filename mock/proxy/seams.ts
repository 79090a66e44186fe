/** Seams of the proxy: the decisions a defect may replace. */
import type { Entity, RequestContext } from "../../contract/types.ts";
import type { Identity } from "../identity.ts";
import type { Attributes, Claims, JwtSettings, Login, Session, Trust, VirtualProxy } from "./model.ts";
import type { Sessions } from "./sessions.ts";
import type { Ticket } from "./tickets.ts";

export interface ProxySeams {
  /** The claims of a token that is accepted; rejects otherwise (IM-031 … IM-036). */
  readonly verifyToken: (token: string, trust: Trust) => Promise<Claims>;
  readonly claimNamed: (claims: Claims, name: string) => unknown;
  readonly mappedAttributes: (settings: JwtSettings, claims: Claims) => Attributes;
  /** Whom an accepted credential is taken for. */
  readonly accountOf: (login: Login) => Login;
  /** Whether the user may log in at all (IM-052). */
  readonly mayLogin: (user: Entity | undefined) => boolean;
  readonly sessionOf: (sessions: Sessions, proxy: VirtualProxy, cookie: string) => Session | undefined;
  /** Whether a session lives on, given the User row of whose it is (IM-087). */
  readonly outlives: (user: Entity | undefined) => boolean;
  /** Cookie value of a new session, where not chosen by the system's randomness (IM-076). */
  readonly cookieFor: (offered: readonly string[]) => string | undefined;
  /** Whether a credential adds nothing to the session that is there. */
  readonly sameLogin: (live: Session, login: Login) => boolean;
  /** Whether a valid cookie makes the token beside it unread (IM-041). */
  readonly cookieSuffices: (ignored: boolean) => boolean;
  /** The session of a request that brings a live cookie and the token of somebody else (IM-042). */
  readonly switchUser: (sessions: Sessions, live: Session, change: { proxy: VirtualProxy; login: Login }) => Session;
  readonly isLinked: (services: readonly Entity[], id: string) => boolean;
  /** A virtual proxy as its configuration is read (IM-002, IM-016). */
  readonly readProxy: (proxy: VirtualProxy) => VirtualProxy;
  /** Whether a path with this prefix means the virtual proxy (IM-012). */
  readonly isMeant: (proxy: VirtualProxy, prefix: string) => boolean;
  /** Whether a user with so many sessions gets no engine (IM-080). */
  readonly isTooMany: (sessions: number, limit: number) => boolean;
  /** Whether a path behind the prefix is one of an engine socket (EN-001). */
  readonly isEnginePath: (path: string) => boolean;
  /** Ends the sessions a log-out ends (IM-085). */
  readonly logOut: (sessions: Sessions, proxy: VirtualProxy, of: Identity) => void;
  /** Whether a ticket is good at this virtual proxy now (IM-121). */
  readonly ticketHolds: (ticket: Ticket, proxy: VirtualProxy) => boolean;
  /** Whether showing a ticket uses it up (IM-121). */
  readonly ticketIsSpent: (ticket: Ticket) => boolean;
  /** Whom a ticket is issued for (IM-120). */
  readonly ticketFor: (login: Login) => Login;
  /** The header that names the user at a virtual proxy of that method (IM-018). */
  readonly headerShown: (headers: Headers, name: string) => string | null;
  /** Whose rights a caller with the site's certificate has, given whom he names (IM-110, IM-111). */
  readonly certified: (named: Identity, method: string) => Identity;
  /** Ends a session by the proxy's interface (IM-122). */
  readonly endSession: (sessions: Sessions, session: Session) => void;
  /** Ends a user's sessions by the proxy's interface (IM-086). */
  readonly endUser: (sessions: Sessions, proxy: VirtualProxy, of: { directory: string; id: string }) => void;
  /** What hands out a session's CSRF token: status, headers and text (IM-071). */
  readonly csrfAnswer: (token: string) => {
    readonly status: 200 | 204;
    readonly headers: { readonly [name: string]: string };
    readonly text: string;
  };
  /** Whether a virtual proxy with this number of nodes reaches an engine (IM-011). */
  readonly reachesEngine: (nodes: number) => boolean;
  /** Who the repository is told is asking (IM-062). */
  readonly caller: (session: Identity, headers: Headers) => Identity;
  /** `Set-Cookie` of a new session (IM-009). */
  readonly setCookie: (proxy: VirtualProxy, value: string) => string;
  /** Whether the first answer of a session at this path brings its cookie (IM-070). */
  readonly bringsCookie: (path: string) => boolean;
  /** Headers added to every answer (IM-015). */
  readonly addedHeaders: (proxy: VirtualProxy) => VirtualProxy["responseHeaders"];
  readonly contextAsked: (headers: Headers) => RequestContext;
  readonly csrfHolds: (expected: string, given: string | undefined) => boolean;
  readonly originFits: (origin: string | null, host: string, allowed: readonly string[]) => boolean;
  /** What the product information says the site is (QR-081). */
  readonly deploymentType: string;
  /** Query and header key of a repository request (IM-100). */
  readonly xrfHolds: (query: string | undefined, header: string | null) => boolean;
}
