/** A site with rules, and questions about it. */
import type { Principal, RequestContext, ResourceRef, Site } from "../../contract/types.ts";
import type { GroupTree } from "./drafts.ts";
import type { Features } from "./factors.ts";
import type { TwistName } from "./settings.ts";

export interface RuleWorld {
  readonly site: Site;
  readonly questions: readonly {
    readonly as: Principal;
    readonly resource: ResourceRef;
    readonly action: string;
    readonly context: RequestContext;
  }[];
}

/** A world as it was drawn. */
export interface DrawnRuleWorld extends RuleWorld {
  /** Everybody, as a log-in brings him; the anonymous visitor last. */
  readonly principals: readonly Principal[];
  /** Groups that are members of others. What principals hold is flat: each group with all it is a member of. */
  readonly nesting: GroupTree;
  /** The features of the atom made to order; of a hostile world, before it was twisted. */
  readonly features: Features;
  /** What is malformed in it, by name; empty in the mode `valid`. */
  readonly twists: readonly TwistName[];
}
