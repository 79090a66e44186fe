/** One HTTP request of a conversation, as the case writes it: status and what the case wants to see of the answer. */
import type { Json, Outcome, Step } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import { restPaths } from "./deploy.ts";
import { tagApp } from "./exports.ts";
import type { Answer, HttpRequest } from "./http.ts";
import { jsonOf, newXrfKey, prefixPath } from "./identity.ts";
import { assertOwnRequest } from "./own.ts";
import { isEntity } from "./qrs.ts";
import type { Sender } from "./sender.ts";
import { seenInAnswer, shownOf } from "./shown.ts";
import { isObject, textIn } from "./steps.ts";
import { marked } from "./tagging.ts";
import type { Visit } from "./visit.ts";

const methods: readonly NonNullable<HttpRequest["method"]>[] = ["GET", "POST", "PUT", "DELETE"];

function methodIn(step: Step): NonNullable<HttpRequest["method"]> {
  const named = step.with["method"] ?? "GET";
  const found = methods.find((method) => method === named);
  if (found === undefined) throw new TargetFault("malformed", `a request's "method" is one of ${methods.join(", ")}`);
  return found;
}

interface Keys {
  readonly query?: string;
  readonly header?: string;
}

/** Ways to send the key that guards against forged requests; alike in both places is the right one (IM-100). */
const keyed: { readonly [way: string]: () => Keys } = {
  both: () => {
    const key = newXrfKey();
    return { query: key, header: key };
  },
  query: () => ({ query: newXrfKey() }),
  header: () => ({ header: newXrfKey() }),
  unequal: () => {
    const key = newXrfKey();
    return { query: key, header: `${key.slice(1)}${key.endsWith("0") ? "1" : "0"}` };
  },
  short: () => {
    const key = newXrfKey().slice(1);
    return { query: key, header: key };
  },
  none: () => ({}),
};

function xrfkeys(step: Step): Keys {
  const way = step.with["xrfkey"] ?? "both";
  const make = typeof way === "string" ? keyed[way] : undefined;
  if (make === undefined) throw new TargetFault("malformed", `"xrfkey" is one of ${Object.keys(keyed).join(", ")}`);
  return make();
}

function textsOf(value: Json | undefined, visit: Visit): readonly (readonly [string, string])[] {
  if (!isObject(value)) return [];
  return Object.entries(value).map(([name, part]) => {
    if (typeof part !== "string") throw new TargetFault("malformed", `"${name}" of a request is no text`);
    return [name, visit.ids.inText(part)];
  });
}

function queryOf(visit: Visit, step: Step, key: string | undefined): string {
  const given = textsOf(step.with["query"], visit);
  const pairs = key === undefined ? given : [...given, ["xrfkey", key] as const];
  const raw = typeof step.with["rawQuery"] === "string" ? [visit.ids.inText(step.with["rawQuery"])] : [];
  const parts = [...raw, ...pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)];
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** Entities a case makes carry the run's tag and go with the deployment, like everything else a run makes. */
const made = /^\/qrs\/([a-z.]+)$/;

function typeMade(step: Step): string | undefined {
  const [, route] = step.with["method"] === "POST" ? (made.exec(textIn(step, "path")) ?? []) : [];
  return Object.entries(restPaths).find(([, path]) => route !== undefined && path === `/${route}`)?.[0];
}

/** What a request makes beside entities of a type: where it is taken away again. */
const madeElsewhere: { readonly [type: string]: { readonly by: RegExp; readonly path: string } } = {
  App: { by: /^\/qrs\/app\/[^/]+\/copy$/, path: "/app" },
  Selection: { by: /^\/qrs\/selection\/[a-z.]+$/, path: "/selection" },
};

/** The type and the name a case gives what its request makes: `"made": {"Stream": "<id of the case>"}`. */
function namedIn(step: Step): { readonly type: string; readonly id: string; readonly elsewhere?: string } | undefined {
  const [type, id] = isObject(step.with["made"]) ? (Object.entries(step.with["made"])[0] ?? []) : [];
  if (type === undefined || typeof id !== "string") return undefined;
  const { by, path } = madeElsewhere[type] ?? {};
  return path !== undefined && by?.test(textIn(step, "path")) === true ? { type, id, elsewhere: path } : { type, id };
}

/** What is made is taken away with the case, and known by the case's name for it to later steps. */
async function recordMade(visit: Visit, step: Step, answer: Answer): Promise<void> {
  const named = namedIn(step);
  const type = typeMade(step);
  const path = type === undefined ? named?.elsewhere : restPaths[type];
  if (path === undefined || answer.status !== 201) return;
  const entity = jsonOf(answer, "making an entity");
  if (!isEntity(entity)) return;
  visit.ledger.add(path, entity.id);
  if (named !== undefined) visit.ids.set(named.type, named.id, entity.id);
  if (named?.elsewhere === "/app") await tagApp(visit.shop, entity.id);
}

function bodyIn(visit: Visit, step: Step): { readonly body?: string } {
  const { body } = step.with;
  if (body === undefined) return {};
  const type = typeMade(step);
  if (type !== undefined && isObject(body)) {
    const marks = marked(type, { ...body }, visit.shop.tag);
    return { body: visit.ids.inText(JSON.stringify(marks)) };
  }
  return { body: visit.ids.inText(typeof body === "string" ? body : JSON.stringify(body)) };
}

/** The body of a PUT that changes some fields of what is there: `"change": {…}` (IM-021: it brings the date it was read). */
async function changeIn(
  visit: Visit,
  step: Step,
  read: () => Promise<Answer>,
): Promise<{ readonly body?: string } | undefined> {
  const { change } = step.with;
  if (!isObject(change)) return undefined;
  const current = await read();
  const before = current.status === 200 ? jsonOf(current, "reading what is changed") : {};
  const after = { ...(isEntity(before) ? before : {}), ...change };
  return { body: visit.ids.inText(JSON.stringify(after)) };
}

/** Values `status` and what the case shows; a server that does not answer leaves the step undetermined. */
export async function request(visit: Visit, sender: Sender, step: Step): Promise<Outcome> {
  const keys = xrfkeys(step);
  const path = visit.ids.inText(textIn(step, "path"));
  const makes = typeMade(step) !== undefined || namedIn(step)?.elsewhere === "/selection";
  const query = queryOf(visit, step, undefined);
  assertOwnRequest(visit.ids, { method: methodIn(step), path, query, makes });
  const send = (method: NonNullable<HttpRequest["method"]>, { body }: { readonly body?: string }): Promise<Answer> =>
    (sender.http ?? visit.door.http).request({
      method,
      path: `${prefixPath(sender.prefix)}${path}${queryOf(visit, step, keys.query)}`,
      headers: {
        ...(keys.header === undefined ? {} : { "X-Qlik-Xrfkey": keys.header }),
        ...(sender.csrf === undefined ? {} : { "qlik-csrf-token": sender.csrf }),
        ...(sender.authorization === undefined ? {} : { Authorization: sender.authorization }),
        ...sender.headers,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...Object.fromEntries(textsOf(step.with["headers"], visit)),
      },
      ...(body === undefined ? {} : { body }),
      jar: sender.jar,
      signal: visit.door.signal,
    });
  const changed = await changeIn(visit, step, async () => send("GET", {}));
  const answer = await send(methodIn(step), changed ?? bodyIn(visit, step));
  await recordMade(visit, step, answer);
  const shown = shownOf(step.with["show"], seenInAnswer(answer), (text) => visit.ids.inCase(text));
  return { kind: "measure", values: { status: answer.status, ...shown } };
}
