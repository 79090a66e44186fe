/**
 * A target of one's own: a portal that answers "may this user do that?" over HTTP. `PORTAL_URL` says where it listens.
 * npx tsx cli/main.ts run --target ./examples/own-target.ts --suite rules
 */
// Installed, the types come from "qlik-conformance".
import type { Deployment, Json, Outcome, Probe, Target } from "../contract/index.ts";

const portal = process.env["PORTAL_URL"] ?? "http://127.0.0.1:8017";

/** What keeps a question from being answered says nothing about the portal's rights: neither pass nor fail. */
function noAnswer(error: unknown): Outcome {
  return { kind: "undetermined", code: "unreachable", detail: error instanceof Error ? error.message : String(error) };
}

async function send(method: "POST" | "DELETE", path: string, body: object, signal?: AbortSignal): Promise<Json> {
  const headers = { "Content-Type": "application/json" };
  const request = { method, headers, body: JSON.stringify(body), ...(signal === undefined ? {} : { signal }) };
  const answer = await fetch(`${portal}${path}`, request);
  if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}`);
  return answer.status === 204 ? null : ((await answer.json()) as Json);
}

function fieldOf(value: Json, name: string): Json | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as { readonly [field: string]: Json })[name] : undefined;
}

async function ask(site: string, probe: Probe, signal: AbortSignal): Promise<Outcome> {
  if (probe.kind !== "decide") throw new Error(`the portal cannot be asked to ${probe.kind}`);
  const { as, resource, action, context } = probe;
  const answer = await send("POST", `/sites/${site}/ask`, { as, resource, action, context }, signal);
  const [allowed, broken] = [fieldOf(answer, "allowed"), fieldOf(answer, "broken")];
  if (typeof allowed !== "boolean") throw new Error("the portal's answer says neither yes nor no");
  return { kind: "decision", allowed, broken: Array.isArray(broken) ? broken.map(String).toSorted() : [] };
}

async function deploy(tag: string, entities: object, signal: AbortSignal): Promise<Deployment> {
  const id = fieldOf(await send("POST", "/sites", { tag, entities }, signal), "id");
  if (typeof id !== "string") throw new Error("the portal gave the site no id");
  return {
    ask: (probe, within) => ask(id, probe, within).catch(noAnswer),
    dispose: () => send("DELETE", `/sites/${id}`, {}).then(() => undefined),
  };
}

export const target: Target = {
  name: "portal",
  /** Cases that need more than this are inapplicable and never sent. */
  capabilities: ["deploy", "groups", "audit"],
  prepare: (site, { tag, signal }) =>
    deploy(tag, site.entities, signal).catch((error: unknown) => ({
      ask: () => Promise.resolve(noAnswer(error)),
      dispose: () => Promise.resolve(),
    })),
};
