/** Which virtual proxies a proxy service serves. */
import type { Json } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import { referenceId } from "./ids.ts";
import type { Qrs } from "./qrs.ts";

type Linked = readonly Json[];

interface Undoing {
  addUndo(undo: (qrs: Qrs) => Promise<void>): void;
}

/** Rewrites the list of virtual proxies of the first proxy service, by PUT of the whole entity (IM-010, IM-021). */
async function relink(qrs: Qrs, change: (linked: Linked) => Linked): Promise<void> {
  const service = (await qrs.list("/proxyservice/full"))[0];
  if (service === undefined) throw new TargetFault("malformed", "the site lists no proxy service");
  const settings = service["settings"];
  if (typeof settings !== "object" || settings === null || !("virtualProxies" in settings)) {
    throw new TargetFault("malformed", "a proxy service has no settings");
  }
  const { virtualProxies: linked } = settings as { readonly virtualProxies: Json };
  const body = { ...service, settings: { ...settings, virtualProxies: change(Array.isArray(linked) ? linked : []) } };
  const answer = await qrs.send("PUT", `/proxyservice/${service.id}`, body);
  if (answer.status !== 200) {
    throw new TargetFault("malformed", `linking answered ${answer.status}: ${answer.text.slice(0, 120)}`);
  }
}

export function unlinkProxies(qrs: Qrs, ids: readonly string[]): Promise<void> {
  return relink(qrs, (linked) => linked.filter((item) => !ids.includes(referenceId(item) ?? "")));
}

/** Adds virtual proxies to the first proxy service; the ledger takes the link back. */
export async function linkProxies(qrs: Qrs, undoing: Undoing, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await relink(qrs, (linked) => [...linked, ...ids.map((id) => ({ id }))]);
  undoing.addUndo((later) => unlinkProxies(later, ids));
}
