/** Proxy sessions: made at log-in, found by the cookie of their own virtual proxy, ended by log-out or inactivity. */
import { randomBytes, randomUUID } from "node:crypto";
import { same } from "../rules/model.ts";
import type { Login, Session, VirtualProxy } from "./model.ts";

export interface Sessions {
  readonly all: () => readonly Session[];
  open(proxy: VirtualProxy, login: Login, cookie?: string): Session;
  /** The live session of this cookie on this virtual proxy; using it keeps it alive (IM-019). */
  find(proxy: VirtualProxy, cookie: string): Session | undefined;
  /** Puts another identity into a session's place, keeping its cookie. */
  replace(session: Session): void;
  /** Ends every session of this user on this virtual proxy (IM-085), telling their sockets. */
  logout(proxy: VirtualProxy, of: { readonly directory: string; readonly id: string }): void;
  /** Ends one session, telling its sockets. */
  end(session: Session): void;
  /** Sessions a user has over all virtual proxies (IM-080). */
  countOf(of: { readonly directory: string; readonly id: string }): number;
  close(): void;
}

export function isOf(session: Session, of: { readonly directory: string; readonly id: string }): boolean {
  return same(session.identity.directory, of.directory) && same(session.identity.id, of.id);
}

const opaque = (): string => randomBytes(24).toString("hex");

function newSession(proxy: VirtualProxy, login: Login, cookie: string = opaque()): Session {
  const { directory, id, anonymous, attributes } = login;
  const identity = { directory, id, anonymous, session: attributes, sessionId: randomUUID() };
  return { cookie, proxy: proxy.id, identity, csrfToken: opaque(), sockets: new Set(), lastSeen: Date.now() };
}

export function createSessions(): Sessions {
  const live = new Map<string, Session>();
  const end = (session: Session, method: string, message: string): void => {
    live.delete(session.cookie);
    for (const socket of session.sockets) {
      socket.notify(method, message);
      socket.close();
    }
  };
  const add = (session: Session): Session => {
    live.set(session.cookie, session);
    return session;
  };
  return {
    all: () => [...live.values()],
    open: (proxy, login, cookie) => add(newSession(proxy, login, cookie)),
    find(proxy, cookie) {
      const session = live.get(cookie);
      if (session === undefined || session.proxy !== proxy.id) return undefined;
      if (Date.now() - session.lastSeen > proxy.inactivityMinutes * 60_000) {
        end(session, "OnSessionTimedOut", "Session timed out due to inactivity");
        return undefined;
      }
      session.lastSeen = Date.now();
      return session;
    },
    replace: (session) => void add(session),
    logout(proxy, of) {
      for (const session of live.values()) {
        if (session.proxy === proxy.id && isOf(session, of)) {
          end(session, "OnSessionLoggedOut", "User logged out manually");
        }
      }
    },
    end: (session) => end(session, "OnSessionClosed", "Session closed by server"),
    countOf: (of) => [...live.values()].filter((session) => isOf(session, of)).length,
    close() {
      for (const session of live.values()) end(session, "OnSessionClosed", "Session closed by server");
    },
  };
}
