/** Virtual proxies of a case: created with the site's own certificate and node, linked to a proxy service (IM-010, IM-011). */
import type { Entity, Json, Site } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import { referenceId, textOf } from "./ids.ts";
import type { Qrs } from "./qrs.ts";
import { createOne, type Ledger, type Workshop } from "./workshop.ts";

/** Ids of the virtual proxies the case links to a proxy service. */
function linkedProxies(site: Site): readonly string[] {
  return (site.entities["ProxyService"] ?? []).flatMap((service) => {
    const settings = service["settings"];
    if (typeof settings !== "object" || settings === null || !("virtualProxies" in settings)) return [];
    const { virtualProxies: list } = settings as { readonly virtualProxies: Json };
    return Array.isArray(list) ? list.flatMap((item: Json) => referenceId(item) ?? []) : [];
  });
}

async function firstNode(qrs: Qrs): Promise<Json> {
  const node = (await qrs.list("/servernodeconfiguration/full"))[0];
  if (node === undefined) throw new TargetFault("malformed", "the site lists no server node");
  return { id: node.id };
}

function proxyBody(shop: Workshop, proxy: Entity, node: Json): Entity {
  const nodes = proxy["loadBalancingServerNodes"];
  const certificate = textOf(proxy, "jwtPublicKeyCertificate");
  return {
    ...proxy,
    ...(Array.isArray(nodes) && nodes.length > 0 ? { loadBalancingServerNodes: [node] } : {}),
    ...(certificate === "" || shop.certificatePem === undefined
      ? {}
      : { jwtPublicKeyCertificate: shop.certificatePem }),
  };
}

/** Adds virtual proxies to the first proxy service, and takes the link back with the ledger (IM-010). */
export async function linkProxies(shop: Workshop, ledger: Ledger, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const update = async (change: (linked: readonly Json[]) => readonly Json[]): Promise<void> => {
    const service = (await shop.qrs.list("/proxyservice/full"))[0];
    if (service === undefined) throw new TargetFault("malformed", "the site lists no proxy service");
    const settings = service["settings"];
    if (typeof settings !== "object" || settings === null || !("virtualProxies" in settings)) {
      throw new TargetFault("malformed", "a proxy service has no settings");
    }
    const { virtualProxies: linked } = settings as { readonly virtualProxies: Json };
    const body = { ...service, settings: { ...settings, virtualProxies: change(Array.isArray(linked) ? linked : []) } };
    const answer = await shop.qrs.send("PUT", `/proxyservice/${service.id}`, body);
    if (answer.status !== 200)
      throw new TargetFault("malformed", `linking answered ${answer.status}: ${answer.text.slice(0, 120)}`);
  };
  await update((linked) => [...linked, ...ids.map((id) => ({ id }))]);
  ledger.addUndo(() => update((linked) => linked.filter((item) => !ids.includes(referenceId(item) ?? ""))));
}

export async function createProxies(shop: Workshop, ledger: Ledger, site: Site): Promise<void> {
  const proxies = site.entities["VirtualProxyConfig"] ?? [];
  if (proxies.length === 0) return;
  const node = await firstNode(shop.qrs);
  for (const proxy of proxies)
    await createOne(
      shop,
      ledger,
      { type: "VirtualProxyConfig", path: "/virtualproxyconfig" },
      proxyBody(shop, proxy, node),
    );
  await linkProxies(
    shop,
    ledger,
    linkedProxies(site).map((id) => shop.ids.real("VirtualProxyConfig", id)),
  );
}
