/** A finding's address: the requirement, then what kind of difference it is, without a name, value or count in it. */
import { createHash } from "node:crypto";
import type { Credential, Probe, RequirementId } from "../contract/types.ts";
import type { DifferenceCode } from "./compare-views.ts";

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function credentialShape(credential: Credential): string {
  return credential.by === "jwt" ? `jwt ${credential.key} ${credential.attack ?? ""}` : credential.by;
}

/** What sort of question a probe is. */
function shapeOf(probe: Probe): string {
  switch (probe.kind) {
    case "open":
      return `open ${probe.through} ${probe.noData === true ? "without data" : ""}`;
    case "decide":
      return `decide ${probe.resource.type} ${probe.action.toLowerCase()} ${probe.context}`;
    case "login":
      return `login ${credentialShape(probe.with)}`;
    case "impersonate":
      return `impersonate ${probe.user === undefined ? "nobody" : "somebody"} ${probe.app === undefined ? "" : "in an app"}`;
    case "converse":
      return `converse ${probe.steps.map((step) => step.do).join(" ")}`;
  }
}

/** Stable under renamed cases, other data and other seeds; two kinds of failure of one requirement differ. */
export function findingKey(id: RequirementId, probe: Probe, codes: readonly DifferenceCode[]): string {
  const shape = [shapeOf(probe), ...new Set(codes)].toSorted().join("|");
  return `${id.replaceAll(/[^\w-]/g, "_")}-${hashOf(shape).slice(0, 8)}`;
}
