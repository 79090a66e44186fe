/** What an intent asks: its actions, contexts and conditions read, and itself as a rule that holds exactly where it speaks. */
import type { Dialect } from "../../catalogue/dialects.ts";
import { ConformanceError, type Place } from "../../contract/errors.ts";
import type { Entity, RequestContext, Site } from "../../contract/types.ts";
import { parseFilter } from "../../languages/resource-filter/parse.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import { actionBits, actionNamed, type ActionName } from "../../reference/rules/actions.ts";
import { policyOf, type Policy } from "../../reference/rules/spec.ts";

interface Word {
  readonly text: string;
  readonly place: Place;
}

/** An intent as it was read; conditions and filters in the languages of rules. */
export interface Intent {
  readonly title: string;
  readonly place: Place;
  readonly kind: "never" | "always" | "list";
  readonly actions: readonly Word[];
  readonly who?: Word;
  readonly where?: Word;
  readonly on: Word;
  readonly sectionAccess?: boolean;
  /** Resources made up as well, even where the site has some that fit. */
  readonly beyond?: boolean;
  readonly context?: Word;
}

export interface Asked {
  readonly intent: Intent;
  readonly actions: readonly ActionName[];
  readonly contexts: readonly RequestContext[];
  /** The site's rules. */
  readonly policy: Policy;
  /** One rule that holds exactly where the intent speaks. */
  readonly fits: Policy;
}

function actionOf({ text, place }: Word): ActionName {
  const action = actionNamed(text);
  if (action !== undefined) return action;
  throw new ConformanceError("input", `there is no action ${JSON.stringify(text)}`, {
    ...place,
    expected: `one of ${Object.keys(actionBits).join(", ")}`,
  });
}

function contextsOf({ context }: Intent): readonly RequestContext[] {
  if (context === undefined) return ["hub", "qmc"];
  if (context.text === "hub" || context.text === "qmc") return [context.text];
  throw new ConformanceError("input", `there is no context ${JSON.stringify(context.text)}`, {
    ...context.place,
    expected: "hub or qmc",
  });
}

/** A condition or filter that cannot be read is told at its place in the file of intents. */
function located<T>({ text, place }: Word, read: (text: string) => T): T {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof ConformanceError)) throw error;
    const { line: _line, column, ...details } = error.details;
    const at = column === undefined ? "" : `, at its column ${column}`;
    throw new ConformanceError("input", `${error.message}${at}`, { ...details, ...place });
  }
}

function conditionOf(word: Word | undefined): string {
  if (word === undefined) return "";
  const tree = located(word, (text) => parseCondition(text));
  if (JSON.stringify(tree).includes('"HasPrivilege"')) {
    throw new ConformanceError("input", "an intent does not ask HasPrivilege: it is what rules are held against", {
      ...word.place,
      expected: "properties of the user and the resource",
      remedy: "say who and what is meant by their properties",
    });
  }
  return `(${word.text})`;
}

function fittingRule(intent: Intent): Entity {
  located(intent.on, (text) => parseFilter(text));
  const parts = [conditionOf(intent.who), conditionOf(intent.where)].filter((part) => part !== "");
  return {
    id: "intent",
    name: intent.title,
    category: "Security",
    rule: parts.join(" and "),
    resourceFilter: intent.on.text,
    actions: 8191,
    ruleContext: 0,
    disabled: false,
  };
}

/** Throws `input` at the place of what cannot be read. */
export function askedOf(intent: Intent, site: Site, dialect: Dialect): Asked {
  const alone = { ...site, entities: { ...site.entities, SystemRule: [fittingRule(intent)] } };
  const fits = policyOf(alone, dialect);
  const [rule] = fits.rules;
  if (rule !== undefined && "fault" in rule.condition) {
    throw new ConformanceError("input", rule.condition.fault, { ...(intent.who ?? intent.where ?? intent.on).place });
  }
  return {
    intent,
    actions: intent.actions.map(actionOf),
    contexts: contextsOf(intent),
    policy: policyOf(site, dialect),
    fits,
  };
}
