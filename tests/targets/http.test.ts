/** Cookies of one browser, and requests that fail in a way that can be told. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { TargetFault } from "../../targets/faults.ts";
import { CookieJar, openHttp, type HttpOptions } from "../../targets/qlik/http.ts";
import { forgedFrom } from "../../targets/qlik/login.ts";

function jarWith(...lines: readonly string[]): CookieJar {
  const jar = new CookieJar();
  jar.accept(lines);
  return jar;
}

describe("a cookie jar", () => {
  it("keeps names and values, not attributes (IM-009)", () => {
    const jar = jarWith("X-Qlik-Session-jwt=abc-1; Path=/; HttpOnly; Secure; SameSite=None", "lang=en");
    assert.equal(jar.header(), "X-Qlik-Session-jwt=abc-1; lang=en");
    assert.equal(jar.size, 2);
  });

  it("keeps what stands behind a second equals sign", () => {
    assert.equal(jarWith("ticket=a=b==; Path=/").header(), "ticket=a=b==");
  });

  it("replaces a value and drops an emptied one", () => {
    const jar = jarWith("session=one");
    jar.accept(["session=two; Path=/"]);
    assert.equal(jar.header(), "session=two");
    jar.accept(["session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]);
    assert.equal(jar.size, 0);
  });

  it("passes over lines that are no cookies", () => {
    assert.equal(jarWith("", "=value", "nothing").size, 0);
  });

  it("is nobody else's: a copy does not follow the original (IM-042)", () => {
    const [ann, ben] = [jarWith("session=ann"), new CookieJar()];
    ben.copyFrom(ann);
    ann.accept(["session=other"]);
    assert.equal(ben.header(), "session=ann");
  });

  it("is forged with the same names and none of the values (IM-076)", () => {
    const forged = forgedFrom(jarWith("session=secret-1", "lang=secret-2"));
    assert.match(forged.header(), /^session=[\w-]+; lang=[\w-]+$/);
    assert.doesNotMatch(forged.header(), /secret/);
    assert.equal(forgedFrom(new CookieJar()).size, 0);
  });
});

const base: HttpOptions = { url: "https://qlik.trading.example", allowWrites: true, timeoutMs: 50 };

type Send = NonNullable<HttpOptions["fetch"]>;

async function faultWith(send: Send, signal?: AbortSignal): Promise<TargetFault> {
  const http = openHttp({ ...base, fetch: send });
  const asked = signal === undefined ? {} : { signal };
  const fault: unknown = await http
    .request({ path: "/jwt/qrs/app?xrfkey=0123456789abcdef", ...asked })
    .catch((e: unknown) => e);
  assert.ok(fault instanceof TargetFault, String(fault));
  return fault;
}

function untilAborted(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_resolve, reject) => {
    const late = setTimeout(() => reject(new Error("nobody gave up")), 2000);
    signal?.addEventListener("abort", () => {
      clearTimeout(late);
      reject(signal.reason as Error);
    });
  });
}

describe("a request", () => {
  it("sends the jar's cookies and takes the new ones, redirects unfollowed", async () => {
    const sent: unknown[] = [];
    const http = openHttp({
      ...base,
      fetch: (url, init) => {
        sent.push([url, init.method, init.headers, init.redirect]);
        const headers = { "Set-Cookie": "session=new; Path=/", Location: "https://elsewhere.example/" };
        return Promise.resolve(new Response("", { status: 302, headers }));
      },
    });
    const jar = jarWith("session=old");
    const { status, setCookies } = await http.request({ path: "/hub", headers: { Accept: "text/html" }, jar });
    assert.deepEqual(sent, [
      ["https://qlik.trading.example/hub", "GET", { Accept: "text/html", Cookie: "session=old" }, "manual"],
    ]);
    assert.deepEqual([status, setCookies, jar.header()], [302, ["session=new; Path=/"], "session=new"]);
  });

  it("that is not answered in time says so, without the query", async () => {
    const fault = await faultWith((_url, init) => untilAborted(init.signal));
    assert.equal(fault.failure, "timed-out");
    assert.equal(fault.message, "GET /jwt/qrs/app was not answered in time");
  });

  it("that the harness gives up says the same", async () => {
    const giveUp = new AbortController();
    setTimeout(() => giveUp.abort(), 5);
    assert.equal((await faultWith((_url, init) => untilAborted(init.signal), giveUp.signal)).failure, "timed-out");
  });

  it("that cannot be sent names the host and the cause", async () => {
    const cause = new Error("getaddrinfo ENOTFOUND qlik.trading.example");
    const fault = await faultWith(() => Promise.reject(new TypeError("fetch failed", { cause })));
    assert.equal(fault.failure, "unreachable");
    assert.match(fault.message, /^GET \/jwt\/qrs\/app at qlik\.trading\.example failed: getaddrinfo ENOTFOUND/);
  });
});
