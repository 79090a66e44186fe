/** Exported apps: fetched as bytes by the one who made them, and put up again as an app of their own. */
import { TargetFault } from "../faults.ts";
import type { Http } from "./http.ts";
import { jsonOf, newXrfKey, prefixPath, type Session } from "./identity.ts";
import { isEntity } from "./qrs.ts";
import type { Visit } from "./visit.ts";

/** The file behind an address the engine gave, which is relative to the virtual proxy. */
export async function fetchExport(visit: Visit, session: Session, url: string): Promise<Uint8Array> {
  const key = newXrfKey();
  const answer = await visit.door.http.request({
    path: `${prefixPath(session.prefix)}${url}${url.includes("?") ? "&" : "?"}xrfkey=${key}`,
    headers: { "X-Qlik-Xrfkey": key },
    jar: session.jar,
    signal: visit.door.signal,
    asBytes: true,
  });
  if (answer.status !== 200 || answer.bytes === undefined)
    throw new TargetFault("malformed", `fetching an export answered ${answer.status}`);
  return answer.bytes;
}

/** Sends an app file; gives the new app's id. */
export async function uploadApp(http: Http, session: Session, name: string, content: Uint8Array): Promise<string> {
  const key = newXrfKey();
  const answer = await http.request({
    method: "POST",
    path: `${prefixPath(session.prefix)}/qrs/app/upload?name=${encodeURIComponent(name)}&keepdata=true&xrfkey=${key}`,
    headers: {
      "X-Qlik-Xrfkey": key,
      "X-Qlik-Security": "Context=ManagementAccess",
      "Content-Type": "application/vnd.qlik.sense.app",
      ...(session.csrf === undefined ? {} : { "qlik-csrf-token": session.csrf }),
    },
    jar: session.jar,
    body: content,
  });
  const made = answer.status === 200 || answer.status === 201 ? jsonOf(answer, "uploading an app") : undefined;
  if (!isEntity(made)) throw new TargetFault("malformed", `uploading an app answered ${answer.status}`);
  return made.id;
}

/** Puts an export up as an app that carries the run's tag; gives its id. It is removed with the deployment. */
export async function uploadExport({ shop, ledger }: Visit, content: Uint8Array): Promise<string> {
  const id = await shop.upload(`${shop.tag.name} export`, content);
  ledger.add("/app", id);
  await tagApp(shop, id);
  return id;
}

/** Gives an app that was not made with it the run's tag, by which a later run finds what a crash left behind. */
export async function tagApp(shop: Visit["shop"], id: string): Promise<void> {
  const current = await shop.qrs.get(`/app/${id}`);
  if (shop.tag.id === "" || !isEntity(current)) return;
  await shop.qrs.send("PUT", `/app/${id}`, { ...current, tags: [{ id: shop.tag.id, name: shop.tag.name }] });
}
