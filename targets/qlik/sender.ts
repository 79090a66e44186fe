/** Who sends a request of a conversation. */
import type { CookieJar, Http } from "./http.ts";

/** Whose request it is: cookies, the virtual proxy it goes through, and what is sent beside the cookies. */
export interface Sender {
  readonly prefix: string;
  readonly jar: CookieJar;
  readonly csrf?: string;
  readonly authorization?: string;
  /** Beside those a request has in any case. */
  readonly headers?: { readonly [name: string]: string };
  /** Another door than the virtual proxies. */
  readonly http?: Http;
}
