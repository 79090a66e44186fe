/** Seams of the rules: the decisions a defect may replace. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Entity, Json, Principal, RequestContext } from "../../contract/types.ts";
import type { FilterItem } from "../../languages/resource-filter/ast.ts";
import type { Resource } from "./model.ts";

export interface RuleSeams {
  /** A rule as it is read. */
  readonly readRule: (rule: Entity) => Entity;
  /** Whether a rule takes part at all (SR-131). */
  readonly takesPart: (rule: Entity) => boolean;
  /** Category of the rule against that of the question (SR-134). */
  readonly categoryFits: (category: string, asked: string) => boolean;
  /** The bit a question is about, by the name of its action (SR-231, SR-235). */
  readonly askedBit: (action: string) => number;
  /** The node that load-balancing rules see (SR-611). */
  readonly nodeSeen: (node: Entity) => Entity | undefined;
  /** Rule context 0, 1 or 2 against the context of the request (SR-121, SR-122). */
  readonly contextFits: (ruleContext: number, context: RequestContext) => boolean;
  /** Action mask of the rule against the bit asked for (SR-231). */
  readonly actionFits: (mask: number, bit: number) => boolean;
  readonly filterFits: (item: FilterItem, resource: Resource, dialect: Dialect) => boolean;
  /** Whether what the applicable rules say, in stored order, lets the request through (SR-101). */
  readonly combine: (verdicts: readonly boolean[]) => boolean;
  /** `=` on one pair of texts (SR-321). */
  readonly equal: (left: string, right: string) => boolean;
  /** `==` on one pair of texts (SR-322). */
  readonly strictlyEqual: (left: string, right: string) => boolean;
  readonly likeMatches: (value: string, pattern: string, dialect?: Dialect) => boolean;
  readonly patternMatches: (value: string, pattern: string, dialect: Dialect) => boolean;
  readonly precedence: (dialect: Dialect) => Dialect["precedence"];
  /** Actions of which HasPrivilege asks for any, by its argument (SR-471). */
  readonly privilegesAsked: (argument: string) => readonly string[];
  /** The owner a would-be resource gets, by what its body says (SR-501). */
  readonly ownerOf: (given: Json | undefined, caller: Entity) => Json;
  readonly isAnonymous: (who: Principal) => boolean;
  /** Values of an attribute of the user, as the rules see them (SR-402). */
  readonly attributeValues: (name: string, values: readonly string[]) => readonly string[];
  /** Text properties a rule may name on a type, beside id, name and resourcetype (SR-405). */
  readonly readableProperties: (type: string) => readonly string[];
  /** Values of a property of a resource, as the rules see them (SR-405). */
  readonly propertyValues: (type: string, name: string, values: readonly string[]) => readonly string[];
  /** Values of `user.environment.<name>` in a request of this context (SR-124, SR-404). */
  readonly environment: (name: string, who: Principal, context: RequestContext) => readonly string[];
}
