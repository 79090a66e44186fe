/** Log-in by a header, which a proxy in front of the site sets (IM-018). */
import type { Principal, Site } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import { textOf } from "./ids.ts";

/** The header by which the virtual proxy of this prefix knows a user: his id, or what its pattern makes of his full name. */
export function headerOf(site: Site, prefix: string, who: Principal): { readonly [name: string]: string } {
  const proxy = (site.entities["VirtualProxyConfig"] ?? []).find((entity) => textOf(entity, "prefix") === prefix);
  const name = proxy === undefined ? "" : textOf(proxy, "headerAuthenticationHeaderName");
  if (proxy === undefined || name === "")
    throw new TargetFault("malformed", `the case has no virtual proxy ${prefix} that takes a header`);
  if (proxy["authenticationMethod"] === 1) return { [name]: who.id };
  const pattern = textOf(proxy, "headerAuthenticationDynamicUserDirectory").replaceAll("\\\\", "\\");
  return { [name]: pattern.replace("$ud", () => who.directory).replace("$id", () => who.id) };
}
