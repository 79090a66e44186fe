/** The session cookie. */
import type { VirtualProxy } from "./model.ts";

/**
 * Values of a cookie by name, in order. Some clients send the whole Set-Cookie text back, attributes and all, so that
 * `Path=/; HttpOnly; Secure` look like further cookies: they are passed over.
 */
export function cookieValues(header: string | null, name: string): readonly string[] {
  return (header ?? "").split(/[;,]/).flatMap((part) => {
    const at = part.indexOf("=");
    return at !== -1 && part.slice(0, at).trim() === name ? [part.slice(at + 1).trim()] : [];
  });
}

const sameSite = ["", "; SameSite=None", "; SameSite=Lax", "; SameSite=Strict"];

/** `Set-Cookie` of a new session (IM-009). */
export function setCookie(proxy: VirtualProxy, value: string): string {
  const domain = proxy.cookieDomain === "" ? "" : `; Domain=${proxy.cookieDomain}`;
  const secure = proxy.secure ? "; Secure" : "";
  return `${proxy.cookieName}=${value}; Path=/; HttpOnly${secure}${domain}${sameSite[proxy.sameSite] ?? ""}`;
}
