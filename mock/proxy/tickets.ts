/** Tickets: issued to a service for one user at one virtual proxy, good once and for a minute (IM-120, IM-121). */
import { randomBytes } from "node:crypto";
import type { Login, VirtualProxy } from "./model.ts";

export interface Ticket {
  readonly login: Login;
  /** Id of the virtual proxy it is for. */
  readonly proxy: string;
  /** Milliseconds since the epoch. */
  readonly issued: number;
}

export interface Tickets {
  issue(proxy: VirtualProxy, login: Login): string;
  find(value: string): Ticket | undefined;
  spend(value: string): void;
}

const lifetime = 60_000;

export function isFresh(ticket: Ticket, now: number): boolean {
  return now - ticket.issued <= lifetime;
}

export function createTickets(): Tickets {
  const issued = new Map<string, Ticket>();
  return {
    issue(proxy, login) {
      for (const [value, ticket] of issued) if (!isFresh(ticket, Date.now())) issued.delete(value);
      const value = randomBytes(12).toString("base64url");
      issued.set(value, { login, proxy: proxy.id, issued: Date.now() });
      return value;
    },
    find: (value) => issued.get(value),
    spend: (value) => void issued.delete(value),
  };
}
