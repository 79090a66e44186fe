/** What the routes of the repository share: who asks, the type in the path, the body. */
import type { Context } from "hono";
import type { Json } from "../../contract/types.ts";
import type { EnginePort } from "../ports.ts";
import type { Caller } from "./caller.ts";
import { Refusal, unknown } from "./refusal.ts";
import type { Repository } from "./repository.ts";
import { typeByRoute, type EntityType } from "./types.ts";

export interface Env {
  readonly Bindings: { readonly caller: Caller; readonly path: string };
}
export type Ask = Context<Env>;

export interface RepositoryParts {
  readonly repository: Repository;
  readonly engine: EnginePort;
}

export type RepositoryHandler = (request: Request, ask: { caller: Caller; path: string }) => Promise<Response>;

export async function bodyOf(c: Ask): Promise<Json> {
  const text = await c.req.text();
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new Refusal(400, "The body is not JSON");
  }
}

export function typeOf(c: Ask): EntityType {
  const type = typeByRoute(c.req.param("type") ?? "");
  if (type === undefined) throw unknown();
  return type;
}

/** The text of a refusal; anything else that goes wrong is not answered here. */
export function refusedWith(error: Error, c: Ask): Response {
  if (error instanceof Refusal) return c.text(error.message, error.status);
  throw error;
}

/** A whole number from 0 on, as a query has it; anything else is refused. */
export function wholeOf(text: string, name: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new Refusal(400, `Missing parameter value(s): ${name}`);
}
