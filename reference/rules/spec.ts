/**
 * The specification of an access decision (catalogue §1). A request is allowed when at least one rule that is enabled, of
 * the question's category, valid in the request's context, meant for the action and for the resource has a condition that
 * holds. There is no deny rule, no priority, no order and no inheritance between actions or resources (SR-101 … SR-106).
 */
import { ConformanceError } from "../../contract/errors.ts";
import type { Entity, Reason, ResourceRef } from "../../contract/types.ts";
import { printItem } from "../../languages/resource-filter/print.ts";
import { actionBits, askedAction, categoryActions, categoryOf, type AskedAction } from "./actions.ts";
import { coveringItem, filterRequirement } from "./filter.ts";
import { nameOfResource } from "./paths.ts";
import { policyOf, type Policy, type Rule } from "./policy.ts";
import { concerns, reaches, rulingsOn, takesPart, type Ruling } from "./privileges.ts";
import { isOwnedType } from "./resource-types.ts";
import { heldAt, textsOf, transientType, type Resource } from "./resources.ts";
import { nodeSubject, subjectOf, type Subject } from "./subject.ts";
import { because, distinct } from "./truth.ts";
import type { DecideOnSite, Decision, RuleQuestion } from "./types.ts";

export { policyOf, type Policy } from "./policy.ts";

/** Answers one question. Throws `usage` for an action that does not exist; everything else has an answer. */
export function decide(policy: Policy, question: RuleQuestion): Decision {
  const action = actionOf(question.action);
  const subject = asker(policy, action, question);
  if (subject === undefined) return nowhere(`node ${question.node ?? ""}`.trimEnd());
  const resource = resourceOf(policy, subject, question.resource);
  if (resource === undefined) return nowhere(nameOfRef(question.resource));
  const rulings = rulingsOn(policy, subject, { resource, action });
  const granting = rulings.filter((ruling) => "truth" in ruling && ruling.truth.holds);
  return {
    allowed: granting.length > 0,
    rules: granting.map(({ rule }) => rule.name),
    atoms: [...new Set(granting.flatMap((ruling) => ("atoms" in ruling ? ruling.atoms() : [])))],
    broken: rulings.filter((ruling) => "fault" in ruling).map(({ rule }) => rule.name),
    because: distinct(
      granting.length > 0
        ? granted(policy, resource, granting)
        : denied(policy, { subject, resource, action, rulings }),
    ),
  };
}

export const decideOnSite: DecideOnSite = (site, question, dialect) => decide(policyOf(site, dialect), question);

function actionOf(name: string): AskedAction {
  const action = askedAction(name);
  if (action !== undefined) return action;
  throw new ConformanceError("usage", `there is no action ${JSON.stringify(name)}`, {
    expected: `one of ${[...Object.keys(actionBits), ...Object.keys(categoryActions)].join(", ")}`,
  });
}

/** Who or what the question is asked of: a user, or a node where apps are placed (SR-611). */
function asker({ index }: Policy, action: AskedAction, { as, node, context }: RuleQuestion): Subject | undefined {
  return categoryOf(action) === "Sync" ? nodeSubject(index, node ?? "", context) : subjectOf(index, as, context);
}

/** The resource a question is about; undefined where the site does not hold it. */
export function resourceOf(policy: Policy, subject: Subject, resource: ResourceRef): Resource | undefined {
  if ("wouldBe" in resource) return wouldBe(resource.type, resource.wouldBe, subject);
  if (resource.type.toLowerCase() === transientType.toLowerCase()) {
    return { type: transientType, id: resource.id, fields: { name: resource.id } };
  }
  return heldAt(policy.index, resource.type, resource.id);
}

/** SR-501, SR-502: the body stands for the resource; who names no owner is the owner. */
function wouldBe(type: string, body: Entity, subject: Subject): Resource {
  const { id, fields } = subject.row;
  const owner = { id, userDirectory: fields["userDirectory"] ?? null, userId: fields["userId"] ?? null };
  // A node makes nothing, so that it owns nothing either.
  const ownerNamed = (body["owner"] !== undefined && body["owner"] !== null) || subject.node !== undefined;
  return { type, id: textsOf(body.id).join(""), fields: ownerNamed || !isOwnedType(type) ? body : { ...body, owner } };
}

function nameOfRef(resource: ResourceRef): string {
  return "id" in resource ? `${resource.type}_${resource.id}` : resource.type;
}

function nowhere(name: string): Decision {
  return {
    allowed: false,
    rules: [],
    atoms: [],
    broken: [],
    because: [because("SR-108", `the site holds no ${name}`)],
  };
}

/** One granting rule is enough; the first tells why. */
function granted(policy: Policy, resource: Resource, rulings: readonly Ruling[]): readonly Reason[] {
  const [first] = rulings;
  if (first === undefined || !("truth" in first)) return [];
  const { rule, truth } = first;
  const scope =
    rule.contexts.length === 1 ? [because("SR-121", `${named(rule)} is for the ${rule.contexts.join()}`)] : [];
  return [
    because("SR-101", `${named(rule)} grants it`),
    ...(rule.category === "Security" ? [] : [because("SR-134", `only ${rule.category} rules answer`)]),
    ...(rulings.length > 1 ? [because("SR-102", `so do ${rulings.length - 1} more`)] : []),
    ...coverage(policy, rule, resource),
    ...scope,
    ...truth.why(),
  ];
}

function coverage(policy: Policy, rule: Rule, resource: Resource): readonly Reason[] {
  const item = "tree" in rule.filter ? coveringItem(rule.filter.tree, resource, policy.dialect) : undefined;
  if (item === undefined) return [];
  return [because(filterRequirement[item.kind], `${printItem(item)} covers ${nameOfResource(resource)}`)];
}

interface Refusal {
  readonly subject: Subject;
  readonly resource: Resource;
  readonly action: AskedAction;
  readonly rulings: readonly Ruling[];
}

/** Which rules took part and where each failed; which would have, were they enabled or in this context. */
function denied(policy: Policy, { subject, resource, action, rulings }: Refusal): readonly Reason[] {
  const name = nameOfResource(resource);
  const absent = policy.rules.filter(
    (rule) => concerns(rule, action) && !takesPart(rule, subject, action) && reaches(rule, policy, resource),
  );
  return [
    because(
      "SR-101",
      rulings.length === 0 ? `no rule speaks of ${action} on ${name}` : `no rule grants ${action} on ${name}`,
    ),
    ...absent.map((rule) =>
      rule.disabled
        ? because("SR-131", `${named(rule)} is disabled`)
        : because("SR-122", `${named(rule)} does not apply in the ${subject.context}`),
    ),
    ...rulings.flatMap((ruling) => failure(ruling)),
  ];
}

function failure(ruling: Ruling): readonly Reason[] {
  if ("fault" in ruling) {
    return [because(ruling.cyclic ? "SR-473" : "SR-110", `${named(ruling.rule)} is broken: ${ruling.fault}`)];
  }
  return ruling.truth
    .why()
    .map(({ requirement, evidence }) => because(requirement, `${named(ruling.rule)}: ${evidence}`));
}

function named(rule: Rule): string {
  return `rule ${JSON.stringify(rule.name)}`;
}
