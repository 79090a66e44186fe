/** Whether the administrator of the configuration can do what a run needs of him. */
import { ConformanceError } from "../../contract/errors.ts";
import type { QlikConfig } from "./config.ts";
import { jsonOf } from "./identity.ts";
import type { Qrs } from "./qrs.ts";

const auditSection = "QmcSection_Audit";

/** Throws `target`: who may not see the audit is answered by empty audits, and by lists he may not read. */
export async function assertAuditor(qrs: Qrs, { directory, id }: QlikConfig["admin"]): Promise<void> {
  const found = await qrs.send("POST", "/systemrule/security/evaluatetransientresources", [auditSection]);
  const seen = found.status === 200 || found.status === 201 ? jsonOf(found, "judging QMC sections") : [];
  if (Array.isArray(seen) && seen.includes(auditSection)) return;
  throw new ConformanceError("target", `${directory}\\${id} does not see the audit of the site`, {
    expected: "an administrator, with the role RootAdmin",
    remedy: 'name one in "admin", or give the role in the QMC; a name that was misspelt is a user of the site now',
  });
}
