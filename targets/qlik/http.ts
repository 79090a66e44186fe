/** HTTP to a Qlik site: TLS verified, cookies kept per jar, and reading only unless writing was allowed. */
import { Agent } from "undici";
import { ConformanceError } from "../../contract/errors.ts";
import { TargetFault } from "../faults.ts";
import { isReading } from "./reading.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as it came, where bytes were asked for; `text` is then empty. */
  readonly bytes?: Uint8Array;
  readonly setCookies: readonly string[];
}

export interface HttpRequest {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Path with query, beginning with `/`. */
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
  readonly asBytes?: true;
  readonly jar?: CookieJar;
  readonly signal?: AbortSignal;
}

export interface Http {
  readonly origin: string;
  request(request: HttpRequest): Promise<Answer>;
  close(): Promise<void>;
}

/** The cookies of one browser: names to values, as a server set them. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  accept(setCookies: readonly string[]): void {
    for (const line of setCookies) {
      const pair = line.split(";")[0] ?? "";
      const equals = pair.indexOf("=");
      if (equals <= 0) continue;
      const name = pair.slice(0, equals).trim();
      const value = pair.slice(equals + 1).trim();
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }

  copyFrom(other: CookieJar): void {
    for (const [name, value] of other.#cookies) this.#cookies.set(name, value);
  }

  value(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  get size(): number {
    return this.#cookies.size;
  }

  header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}

type FetchInit = Omit<RequestInit, "dispatcher"> & { readonly dispatcher: Agent };

type Fetch = (url: string, init: FetchInit) => Promise<Response>;

export interface HttpOptions {
  readonly url: string;
  readonly caPem?: string;
  /** Shown to a server that lets in holders of a certificate only. */
  readonly client?: { readonly cert: string; readonly key: string };
  readonly allowWrites: boolean;
  readonly timeoutMs: number;
  /** Replaces the network (a handler in process). */
  readonly fetch?: Fetch;
}

function signalOf(request: HttpRequest, timeoutMs: number): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return request.signal === undefined ? timeout : AbortSignal.any([request.signal, timeout]);
}

function faultOf(error: unknown, request: HttpRequest, origin: string): TargetFault {
  const where = `${request.method ?? "GET"} ${request.path.split("?")[0]}`;
  if (error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError")) {
    const remedy = 'raise "timeoutMs", or ask again when the site is less busy';
    return new TargetFault("timed-out", `${where} was not answered in time`, error, { remedy });
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  const remedy = /certificate/.test(cause)
    ? 'name the authority of the site\'s certificate in "caFile"'
    : 'check "url", and whether the site is up';
  return new TargetFault("unreachable", `${where} at ${new URL(origin).hostname} failed: ${cause}`, error, { remedy });
}

/** More than any answer of a site that is asked about one thing at a time. */
const mostBytes = 64 * 1024 * 1024;
/** An exported app may be larger. */
const mostBytesOfFile = 1024 * 1024 * 1024;

function tooLong(where: string, most: number): TargetFault {
  const remedy = "look what answers there: no site says that much to one question";
  return new TargetFault("malformed", `${where} answered more than ${most / 1024 / 1024} MB`, undefined, { remedy });
}

/** The body, as long as it does not go on without end. */
async function bodyOf(response: Response, most: number, where: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > most) throw tooLong(where, most);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function decoded(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}

function headersOf(request: HttpRequest): { [name: string]: string } {
  const cookie = request.jar?.header() ?? "";
  return { ...request.headers, ...(cookie === "" ? {} : { Cookie: cookie }) };
}

/** Global fetch with an own dispatcher: an interceptor of global fetch (MSW) sees it, undici's own would pass by it. */
export function openHttp(options: HttpOptions): Http {
  const agent = new Agent({
    connect: { ...options.client, ...(options.caPem === undefined ? {} : { ca: options.caPem }) },
  });
  const send: Fetch = options.fetch ?? ((url, init) => fetch(url, init as unknown as RequestInit));
  const request = async (asked: HttpRequest): Promise<Answer> => {
    const method = asked.method ?? "GET";
    if (!options.allowWrites && !isReading(method, asked.path)) {
      throw new ConformanceError("unsafe", `${method} ${asked.path.split("?")[0]} would change the site`, {
        remedy: "pass --allow-writes to let the run create and remove its own things",
      });
    }
    try {
      const response = await send(`${options.url}${asked.path}`, {
        method,
        headers: headersOf(asked),
        redirect: "manual",
        signal: signalOf(asked, options.timeoutMs),
        dispatcher: agent,
        ...(asked.body === undefined ? {} : { body: asked.body }),
      });
      const setCookies = response.headers.getSetCookie();
      asked.jar?.accept(setCookies);
      const heard = { status: response.status, headers: response.headers, setCookies };
      const where = `${method} ${asked.path.split("?")[0]}`;
      const body = await bodyOf(response, asked.asBytes === true ? mostBytesOfFile : mostBytes, where);
      return asked.asBytes === true ? { ...heard, text: "", bytes: body } : { ...heard, text: decoded(body) };
    } catch (error) {
      throw error instanceof TargetFault ? error : faultOf(error, asked, options.url);
    }
  };
  return { origin: options.url, request, close: () => agent.close() };
}
