/** Puts the repository's seams around the handler of its requests. */
import type { Json } from "../../contract/types.ts";
import type { RepositoryHandler } from "./routing.ts";
import { plainRepository, type Answered, type Asked, type RepositorySeams } from "./seams.ts";

function jsonOr(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function textOf(body: Json): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}

async function askedOf(request: Request, path: string): Promise<Asked> {
  return { method: request.method, path, search: new URL(request.url).search, body: jsonOr(await request.text()) };
}

function requestOf(request: Request, { method, path, search, body }: Asked): Request {
  const url = new URL(`${path}${search}`, request.url);
  const sent = method === "GET" ? {} : { body: textOf(body) };
  return new Request(url, { method, headers: request.headers, ...sent });
}

const withoutBody = 204;

async function answeredOf(response: Response): Promise<Answered> {
  const type = response.headers.get("content-type") ?? "";
  const text = await response.text();
  return { status: response.status, type, body: type.includes("json") ? jsonOr(text) : text };
}

function responseOf({ status, type, body }: Answered): Response {
  if (status === withoutBody) return new Response(null, { status });
  const text = type.includes("json") ? JSON.stringify(body) : textOf(body);
  return new Response(text, { status, headers: { "content-type": type } });
}

/** The handler as the seams let it be reached; the handler itself where no seam is replaced. */
export function seamed(handler: RepositoryHandler, seams: RepositorySeams): RepositoryHandler {
  if (seams === plainRepository) return handler;
  return async (request, { caller, path }) => {
    const asked = await askedOf(request, path);
    const read = seams.read(asked);
    const response = await handler(requestOf(request, read), { caller, path: read.path });
    return responseOf(seams.answer(asked, await answeredOf(response)));
  };
}
