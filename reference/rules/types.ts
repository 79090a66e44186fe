/** What the oracle answers about one user, one resource and one action. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal, Reason, RequestContext, ResourceRef, Site } from "../../contract/types.ts";

export interface RuleQuestion {
  readonly as: Principal;
  /** QMC sections are `{ type: "TransientObject", id: "QmcSection_App" }`. */
  readonly resource: ResourceRef;
  /** API string of the action: `create`, `read` … `approve`; or `allowaccess`, `loadbalancing` (SR-235). Any letter case. */
  readonly action: string;
  /** Id of the node a load-balancing question is about. */
  readonly node?: string;
  readonly context: RequestContext;
}

export interface Decision {
  readonly allowed: boolean;
  /** Names of the rules that grant it, in the order of the site. */
  readonly rules: readonly string[];
  /** The comparisons and function calls of those rules that were true, as written, each once. */
  readonly atoms: readonly string[];
  /** Names of applicable rules that could not be parsed or evaluated (SR-110). */
  readonly broken: readonly string[];
  readonly because: readonly Reason[];
}

/** `policyOf(site, dialect)` in `spec.ts` parses the rules once; `decide(policy, question)` answers one question. */
export type DecideOnSite = (site: Site, question: RuleQuestion, dialect: Dialect) => Decision;
