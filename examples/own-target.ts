/**
 * A target of one's own: a portal that answers "may this user do that?" over HTTP. `PORTAL_URL` says where it listens.
 * npx tsx cli/main.ts run --target ./examples/own-target.ts --suite rules
 */
// Installed, both come from "qlik-conformance".
import { ConformanceError } from "../contract/index.ts";
import type { Deployment, Json, Outcome, Probe, Target } from "../contract/index.ts";

const portal = process.env["PORTAL_URL"] ?? "http://127.0.0.1:8017";

/** Code `target`: the portal did not answer. The question stays open; any other error is charged to this module. */
function noAnswer(what: string): ConformanceError {
  return new ConformanceError("target", what);
}

async function send(method: "POST" | "DELETE", path: string, body: object, signal?: AbortSignal): Promise<Json> {
  const headers = { "Content-Type": "application/json" };
  const request = { method, headers, body: JSON.stringify(body), ...(signal === undefined ? {} : { signal }) };
  const answer = await fetch(`${portal}${path}`, request).catch((error: unknown) => {
    throw noAnswer(`${method} ${path} failed: ${String(error)}`);
  });
  if (!answer.ok) throw noAnswer(`${method} ${path} was answered with ${answer.status}`);
  return answer.status === 204 ? null : ((await answer.json()) as Json);
}

function fieldOf(value: Json, name: string): Json | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as { readonly [field: string]: Json })[name] : undefined;
}

async function ask(site: string, probe: Probe, signal: AbortSignal): Promise<Outcome> {
  if (probe.kind !== "decide") throw noAnswer(`the portal cannot be asked to ${probe.kind}`);
  const { as, resource, action, context } = probe;
  const allowed = fieldOf(
    await send("POST", `/sites/${site}/ask`, { as, resource, action, context }, signal),
    "allowed",
  );
  if (typeof allowed !== "boolean") throw noAnswer("the portal's answer says neither yes nor no");
  return { kind: "decision", allowed, broken: [] };
}

export const target: Target = {
  name: "portal",
  /** Cases that need more than this are inapplicable and never sent. */
  capabilities: ["deploy", "groups", "audit"],
  async prepare(site, { tag, signal }): Promise<Deployment> {
    const id = fieldOf(await send("POST", "/sites", { tag, entities: site.entities }, signal), "id");
    if (typeof id !== "string") throw noAnswer("the portal gave the site no id");
    return {
      ask: (probe, within) => ask(id, probe, within),
      dispose: async () => {
        await send("DELETE", `/sites/${id}`, {});
      },
    };
  },
};
