/** Virtual proxies of a case: created with the site's own certificate and node, linked to a proxy service (IM-010, IM-011). */
import type { Entity, Json, Site } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import { referenceId, textOf } from "./ids.ts";
import type { Qrs } from "./qrs.ts";
import { linkProxies } from "./links.ts";
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
    shop.qrs,
    ledger,
    linkedProxies(site).map((id) => shop.ids.real("VirtualProxyConfig", id)),
  );
}
