/** A browser without a page for tests: signs tokens, keeps a cookie, speaks to a running mock over TLS. */
import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { SignJWT } from "jose";
import { Agent, fetch } from "undici";
import type { Entity, Json } from "../../contract/types.ts";
import type { RunningMock } from "../../mock/server.ts";

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: Json;
  readonly headers: { get(name: string): string | null };
  /** `name=value` of the cookie the answer sets, if any. */
  readonly cookie: string | undefined;
}

export interface Call {
  readonly method?: string;
  readonly token?: string;
  readonly cookie?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Json;
  readonly raw?: string;
}

const key = "0123456789abcdef";

export async function sign(pem: string, claims: { [name: string]: Json }, alg = "RS256"): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(createPrivateKey(pem));
}

export async function tokenOf(
  mock: RunningMock,
  directory: string,
  id: string,
  more: { [name: string]: Json } = {},
): Promise<string> {
  return sign(mock.jwtKeyPem, { userDirectory: directory, userId: id, ...more });
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

export class Client {
  readonly mock: RunningMock;
  readonly agent: Agent;

  constructor(mock: RunningMock) {
    this.mock = mock;
    this.agent = new Agent({ connect: { ca: mock.caPem } });
  }

  async call(path: string, call: Call = {}): Promise<Answer> {
    const headers: { [name: string]: string } = { "x-qlik-xrfkey": key, ...call.headers };
    if (call.token !== undefined) headers["authorization"] = `Bearer ${call.token}`;
    if (call.cookie !== undefined) headers["cookie"] = call.cookie;
    const body = call.raw ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
    const url = `${this.mock.url}${path}`;
    const response = await fetch(url, {
      method: call.method ?? "GET",
      headers,
      dispatcher: this.agent,
      redirect: "manual",
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const cookie = response.headers.getSetCookie()[0]?.split(";")[0];
    return { status: response.status, text, json: parsed(text), headers: response.headers, cookie };
  }

  /** A repository call with the key in place. */
  async qrs(path: string, call: Call = {}): Promise<Answer> {
    const joined = path.includes("?") ? "&" : "?";
    return this.call(`/${this.mock.prefix}/qrs/${path}${joined}xrfkey=${key}`, call);
  }

  /** A repository call of the administrator, in the context of the QMC. */
  async admin(path: string, call: Call = {}): Promise<Answer> {
    const token = await tokenOf(this.mock, this.mock.admin.directory, this.mock.admin.id);
    const headers = { "x-qlik-security": "Context=ManagementAccess", ...call.headers };
    return this.qrs(path, { token, ...call, headers });
  }

  /** What the administrator makes, as it is answered. */
  async made(type: string, body: Json): Promise<Entity> {
    const answer = await this.admin(type, { method: "POST", body });
    assert.equal(answer.status, 201, answer.text);
    return answer.json as Entity;
  }

  /** An entity as it was read, sent back by the administrator with some fields changed. */
  async change(type: string, entity: Entity, fields: { readonly [field: string]: Json }): Promise<Answer> {
    return this.admin(`${type}/${entity.id}`, { method: "PUT", body: { ...entity, ...fields } });
  }

  async close(): Promise<void> {
    await this.agent.close();
  }
}
