/** Why a user may or may not do something: each rule with the parts that hold and fail, and the least that turns it round. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Entity, Principal, Reason, Site } from "../../contract/types.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import { evaluate } from "../../reference/rules/condition.ts";
import { concerns, reaches } from "../../reference/rules/privileges.ts";
import type { Policy, Rule } from "../../reference/rules/policy.ts";
import { decide, policyOf, resourceOf } from "../../reference/rules/spec.ts";
import { subjectOf, type Subject } from "../../reference/rules/subject.ts";
import { indexResources, type Resource } from "../../reference/rules/resources.ts";
import type { Atom } from "./clauses.ts";
import { clausesOf } from "./clauses.ts";
import { decisionEdits, type Asked, type Edit, type Stand } from "./decision-edits.ts";

export interface Part {
  readonly text: string;
  readonly holds: boolean;
}

export interface RuleVoice {
  readonly rule: string;
  readonly says: "grants" | "fails" | "does not cover it" | "is disabled" | "is for the other context" | "is broken";
  /** The parts of its condition, for a rule that was judged. */
  readonly parts: readonly Part[];
}

export interface Change {
  readonly edits: readonly string[];
  readonly size: number;
}

export interface DecisionExplanation {
  readonly allowed: boolean;
  readonly because: readonly Reason[];
  readonly rules: readonly RuleVoice[];
  /** Changes of the least size, each tried and seen to turn the decision round; none within what was searched. */
  readonly changes: readonly Change[];
  /** How many changes were tried. */
  readonly tried: number;
}

/** Pairs are tried only where no single change will do, and no more than this many. */
const mostTries = 4_000;

function atomsOf(rule: Rule): readonly Atom[] {
  if (!("tree" in rule.condition)) return [];
  return [...new Set(clausesOf(rule.condition.tree).clauses.flatMap((clause) => clause.map(({ atom }) => atom)))];
}

function partsOf(
  policy: Policy,
  rule: Rule,
  at: { subject: Subject; resource: Resource; asked: Asked },
): readonly Part[] {
  const { index, dialect, patterns } = policy;
  const { subject, resource, asked } = at;
  const scene = { index, dialect, patterns, subject, resource };
  const holds = (target: Resource, action: string): boolean =>
    decide(policy, { as: subject.principal, resource: target, action, context: asked.context }).allowed;
  return atomsOf(rule).map((atom) => ({
    text: printCondition(atom),
    holds: evaluate(atom, scene, { holds, why: () => [] }).holds,
  }));
}

function voiceOf(
  policy: Policy,
  rule: Rule,
  at: { subject: Subject; resource: Resource; asked: Asked; granting: ReadonlySet<string> },
): RuleVoice {
  const silent = (says: RuleVoice["says"]): RuleVoice => ({ rule: rule.name, says, parts: [] });
  if ("fault" in rule.filter || "fault" in rule.condition) return silent("is broken");
  if (!reaches(rule, policy, at.resource)) return silent("does not cover it");
  if (rule.disabled) return silent("is disabled");
  if (!rule.contexts.includes(at.asked.context)) return silent("is for the other context");
  return { rule: rule.name, says: at.granting.has(rule.name) ? "grants" : "fails", parts: partsOf(policy, rule, at) };
}

/** Rules are read again only where an edit changed them. */
function policyFor(site: Site, { policy, rules }: How): Policy {
  if (site.entities["SystemRule"] === rules) return { ...policy, index: indexResources(site) };
  return policyOf(site, policy.dialect);
}

interface How {
  readonly policy: Policy;
  /** The rules the policy was read from. */
  readonly rules: readonly Entity[] | undefined;
  readonly allowed: boolean;
}

function flips(edits: readonly Edit[], stand: Stand, asked: Asked, how: How): boolean {
  const changed = edits.reduce((before, edit) => edit.apply(before), stand);
  const question = { as: changed.user, resource: asked.resource, action: asked.action, context: asked.context };
  return decide(policyFor(changed.site, how), question).allowed !== how.allowed;
}

function smallestChanges(
  stand: Stand,
  asked: Asked,
  edits: readonly Edit[],
  how: How,
): Pick<DecisionExplanation, "changes" | "tried"> {
  const single = edits.filter((edit) => flips([edit], stand, asked, how));
  if (single.length > 0)
    return { changes: single.map(({ what }) => ({ edits: [what], size: 1 })), tried: edits.length };
  let tried = edits.length;
  const changes: Change[] = [];
  for (const [at, first] of edits.entries()) {
    for (const second of edits.slice(at + 1)) {
      if (tried >= mostTries) return { changes, tried };
      tried += 1;
      if (flips([first, second], stand, asked, how)) changes.push({ edits: [first.what, second.what], size: 2 });
    }
  }
  return { changes, tried };
}

/** Explains one decision. Throws `usage` for an action that does not exist. */
export function explainDecision(site: Site, user: Principal, asked: Asked, dialect: Dialect): DecisionExplanation {
  const policy = policyOf(site, dialect);
  const { allowed, rules, because } = decide(policy, { as: user, ...asked });
  const subject = subjectOf(policy.index, user, asked.context);
  const resource = resourceOf(policy, subject, asked.resource);
  const granting = new Set(rules);
  const voices =
    resource === undefined
      ? []
      : policy.rules
          .filter((rule) => concerns(rule, asked.action))
          .map((rule) => voiceOf(policy, rule, { subject, resource, asked, granting }));
  const stand = { site, user };
  const how: How = { policy, rules: site.entities["SystemRule"], allowed };
  const edits = resource === undefined ? [] : decisionEdits(policy, stand, asked);
  return { allowed, because, rules: voices, ...smallestChanges(stand, asked, edits, how) };
}
