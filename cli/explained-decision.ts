/** `explain` about a decision of the rules, in words. */
import type { DecisionExplanation, RuleVoice } from "../analysis/rules/explain-decision.ts";

export interface Told {
  readonly user: string;
  readonly resource: string;
  readonly action: string;
  readonly context: string;
  readonly explanation: DecisionExplanation;
}

const judged: ReadonlySet<RuleVoice["says"]> = new Set(["grants", "fails", "is broken"]);

function ruleLines({ rule, says, parts }: RuleVoice): readonly string[] {
  return [
    `  ${says.padEnd(9)} ${rule}`,
    ...parts.map(({ text, holds }) => `            ${holds ? "holds" : "fails"}  ${text}`),
  ];
}

/** Rules that cover something else are counted, not listed. */
function voices(rules: readonly RuleVoice[]): readonly string[] {
  const told = rules.filter(
    ({ says }) => judged.has(says) || says === "is disabled" || says === "is for the other context",
  );
  const others = rules.length - told.length;
  const rest = others === 0 ? [] : [`  ${others} more ${others === 1 ? "rule does" : "rules do"} not cover it`];
  return [...told.flatMap(ruleLines), ...rest];
}

function changeLines({ allowed, changes, tried }: DecisionExplanation): readonly string[] {
  const turned = allowed ? "take it away" : "allow it";
  if (changes.length === 0) return [`  no change of one or two parts among the ${tried} tried would ${turned}`];
  return [
    `  each of these would ${turned} (tried, and seen to):`,
    ...changes.slice(0, 12).map(({ edits }) => `    ${edits.join(", and ")}`),
    ...(changes.length > 12 ? [`    and ${changes.length - 12} more`] : []),
  ];
}

export function decisionText({ user, resource, action, context, explanation }: Told): string {
  const verdict = explanation.allowed ? "allowed" : "denied";
  return [
    `${user}  ${action} on ${resource} in the ${context}: ${verdict}`,
    ...voices(explanation.rules),
    ...explanation.because.map(({ requirement, evidence }) => `  ${requirement}  ${evidence}`),
    ...changeLines(explanation),
    "",
  ].join("\n");
}
