/** The least a module must do: decide. `npx tsx cli/main.ts run --target ./examples/decides-only.ts --suite rules` */
import type { Capability, Outcome, Probe, Site } from "../contract/index.ts";

export const name = "owners-and-admins";
export const capabilities: readonly Capability[] = ["deploy", "groups", "audit"];

export function decide(probe: Probe, site: Site): Outcome {
  if (probe.kind !== "decide") throw new TypeError(`asked to ${probe.kind}`);
  const { as, resource } = probe;
  const me = site.entities["User"]?.find((user) => user["userDirectory"] === as.directory && user["userId"] === as.id);
  const known = "id" in resource ? site.entities[resource.type] : [resource.wouldBe];
  const asked = known?.find(({ id }) => !("id" in resource) || id === resource.id);
  const roles = JSON.stringify(me?.["roles"] ?? []);
  const owner = JSON.stringify(asked?.["owner"] ?? null);
  const allowed = roles.includes('"RootAdmin"') || (me !== undefined && owner.includes(`"${me.id}"`));
  return { kind: "decision", allowed, broken: [] };
}
