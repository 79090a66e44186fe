/** Virtual proxies the run makes for itself: one that lets anonymous users in, one that maps extra session attributes. */
import { randomBytes } from "node:crypto";
import type { Principal } from "../../contract/types.ts";
import type { QlikConfig } from "./config.ts";
import { linkProxies } from "./links.ts";
import type { Ledger, Workshop } from "./workshop.ts";

/** The configured proxy's prefix if it maps every session attribute of the principal. */
export function attachedProxy(config: QlikConfig, who: Principal): string | undefined {
  return Object.keys(who.session).every((name) => name in config.claims.attributes) ? config.prefix : undefined;
}

export async function createHelperProxy(
  shop: Workshop,
  ledger: Ledger,
  wanted: { readonly anonymous: boolean; readonly attributes: readonly string[] },
): Promise<string> {
  const prefix = `qc-${randomBytes(4).toString("hex")}`;
  const tag = await shop.helperTag();
  const node = (await shop.qrs.list("/servernodeconfiguration/full"))[0];
  const made = await shop.qrs.create("/virtualproxyconfig", {
    prefix,
    description: tag.name,
    tags: [{ id: tag.id, name: tag.name }],
    sessionCookieHeaderName: `X-Qlik-Session-${prefix}`,
    anonymousAccessMode: wanted.anonymous ? 2 : 0,
    authenticationMethod: wanted.anonymous ? 0 : 4,
    loadBalancingServerNodes: node === undefined ? [] : [{ id: node.id }],
    ...(wanted.anonymous
      ? {}
      : {
          jwtAttributeUserId: "userId",
          jwtAttributeUserDirectory: "userDirectory",
          jwtPublicKeyCertificate: shop.certificatePem ?? "",
          jwtAttributeMap: wanted.attributes.map((name) => ({
            jwtAttribute: name,
            senseAttribute: name,
            isMandatory: false,
          })),
        }),
  });
  ledger.add("/virtualproxyconfig", made.id);
  await linkProxies(shop.qrs, ledger, [made.id]);
  return prefix;
}
