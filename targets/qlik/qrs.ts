/** The repository's REST interface, asked through a virtual proxy as one session. */
import type { Entity, Json, RequestContext } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import type { Answer, Http } from "./http.ts";
import { jsonOf, newXrfKey, prefixPath, type Session } from "./identity.ts";

export interface Qrs {
  send(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: Json): Promise<Answer>;
  /** A GET that must answer 200 with JSON. */
  get(path: string): Promise<unknown>;
  list(path: string): Promise<readonly Entity[]>;
  /** A POST that must answer 200 or 201 with an entity. */
  create(path: string, body: Json): Promise<Entity>;
}

const contextHeader: { readonly [context in RequestContext]: string } = {
  hub: "Context=AppAccess",
  qmc: "Context=ManagementAccess",
};

export function isEntity(value: unknown): value is Entity {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string";
}

function refusedBy(answer: Answer, method: string, path: string): TargetFault {
  const text = answer.text.replaceAll(/\s+/g, " ").slice(0, 120);
  return new TargetFault("malformed", `${method} /qrs${path.split("?")[0]} answered ${answer.status}: ${text}`);
}

function withKey(path: string, key: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}xrfkey=${key}`;
}

export function openQrs(http: Http, session: Session, context: RequestContext, signal?: AbortSignal): Qrs {
  const send: Qrs["send"] = (method, path, body) => {
    const key = newXrfKey();
    return http.request({
      method,
      path: withKey(`${prefixPath(session.prefix)}/qrs${path}`, key),
      headers: {
        "X-Qlik-Xrfkey": key,
        "X-Qlik-Security": contextHeader[context],
        ...(session.csrf === undefined ? {} : { "qlik-csrf-token": session.csrf }),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      jar: session.jar,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  };
  const get = async (path: string): Promise<unknown> => {
    const answer = await send("GET", path);
    if (answer.status !== 200) throw refusedBy(answer, "GET", path);
    return jsonOf(answer, `GET /qrs${path}`);
  };
  return {
    send,
    get,
    async list(path) {
      const value = await get(path);
      if (!Array.isArray(value) || !value.every(isEntity)) {
        throw new TargetFault("malformed", `GET /qrs${path.split("?")[0]} answered no list of entities`);
      }
      return value;
    },
    async create(path, body) {
      const answer = await send("POST", path, body);
      if (answer.status !== 200 && answer.status !== 201) throw refusedBy(answer, "POST", path);
      const value = jsonOf(answer, `POST /qrs${path}`);
      if (!isEntity(value)) throw new TargetFault("malformed", `POST /qrs${path} answered no entity`);
      return value;
    },
  };
}

/** `filter=` of one equality, encoded; quotes doubled (QR-021). */
export function equals(property: string, value: string): string {
  return `filter=${encodeURIComponent(`${property} eq '${value.replaceAll("'", "''")}'`)}`;
}
