/**
 * The naive decision: every question walks the rules and the entities anew. HasPrivilege asks the whole rule set again
 * and is a least fixpoint: what is not yet proven is not granted (SR-473).
 */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Entity, Site } from "../../contract/types.ts";
import type { Condition, Operand } from "../../languages/rule-condition/ast.ts";
import { compare } from "./compare.ts";
import {
  categoryOf,
  same,
  textsOf,
  type Found,
  type Resource,
  type RuleAnswer,
  type RuleQuestionLike,
} from "./model.ts";
import { plainRules } from "./plain.ts";
import { prepareRules, type PreparedRule } from "./prepare.ts";
import type { RuleSeams } from "./seams.ts";
import { subjectOf } from "./subject.ts";
import { follow, isOwned, type Scene } from "./walk.ts";

/** One thing to be decided: may the asking user do this to that. */
interface Goal {
  readonly resource: Resource;
  readonly action: string;
}

/** One HasPrivilege of a rule that answers a goal. */
interface Edge {
  readonly from: Goal;
  readonly to: Goal;
  readonly rule: PreparedRule;
  /** Whether it stands under an odd number of `!`. */
  readonly negated: boolean;
}

interface Round extends Scene {
  readonly dialect: Dialect;
  readonly rules: readonly PreparedRule[];
}

type Granted = (goal: Goal) => boolean;

/** Rules a goal is put to: of its category, in context, with its bit, and a filter that fits or cannot be read (SR-106). */
function applicable(round: Round, goal: Goal): readonly PreparedRule[] {
  const { seams, dialect, context } = round;
  return round.rules.filter(
    (rule) =>
      seams.categoryFits(rule.category, categoryOf(goal.action)) &&
      seams.contextFits(rule.ruleContext, context) &&
      seams.actionFits(rule.mask, seams.askedBit(goal.action)) &&
      (rule.filter?.items.some((item) => seams.filterFits(item, goal.resource, dialect)) ?? true),
  );
}

function isBroken(rule: PreparedRule): boolean {
  return rule.filter === undefined || rule.condition === undefined;
}

function operand(round: Round, side: Operand, goal: Goal): Found {
  return side.kind === "text" ? textsOf([side.value]) : follow(round, side, goal.resource);
}

function privilegeGoals(round: Round, call: Extract<Condition, { kind: "call" }>, goal: Goal): readonly Goal[] {
  if (call.on.root === "user") return [];
  const target = follow(round, call.on, goal.resource);
  const actions = round.seams.privilegesAsked(call.argument ?? "");
  if (target.kind !== "things") return [];
  return target.values.flatMap((resource) => actions.map((action) => ({ resource, action })));
}

/** An owner exists at all (SR-479). */
function isOwnedThing(found: Found): boolean {
  if (found.kind !== "things") return false;
  return found.values.some(
    (one) => isOwned(one.type) && typeof one.entity["owner"] === "object" && one.entity["owner"] !== null,
  );
}

function callHolds(round: Round, call: Extract<Condition, { kind: "call" }>, goal: Goal, granted: Granted): boolean {
  switch (call.function) {
    case "HasPrivilege":
      return privilegeGoals(round, call, goal).some(granted);
    case "IsAnonymous":
      return round.node === undefined && call.on.segments.length === 0 && round.seams.isAnonymous(round.who);
    case "Empty":
      return follow(round, call.on, goal.resource).kind === "nothing";
    case "IsOwned":
      return isOwnedThing(follow(round, call.on, goal.resource));
  }
}

function holds(round: Round, condition: Condition, goal: Goal, granted: Granted): boolean {
  switch (condition.kind) {
    case "blank":
      return true;
    case "or":
      return condition.terms.some((term) => holds(round, term, goal, granted));
    case "and":
      return condition.terms.every((term) => holds(round, term, goal, granted));
    case "not":
      return !holds(round, condition.term, goal, granted);
    case "group":
      return holds(round, condition.term, goal, granted);
    case "comparison": {
      const [left, right] = [operand(round, condition.left, goal), operand(round, condition.right, goal)];
      return compare(round, condition.operator, left, right);
    }
    case "call":
      return callHolds(round, condition, goal, granted);
  }
}

/** What a rule asks when put to a goal; a rule that cannot be judged asks nothing (SR-110). */
function edgesOf(round: Round, rule: PreparedRule, from: Goal): readonly Edge[] {
  const walk = (condition: Condition, negated: boolean): readonly Edge[] => {
    if (condition.kind === "or" || condition.kind === "and")
      return condition.terms.flatMap((term) => walk(term, negated));
    if (condition.kind === "not") return walk(condition.term, !negated);
    if (condition.kind === "group") return walk(condition.term, negated);
    if (condition.kind !== "call" || condition.function !== "HasPrivilege") return [];
    return privilegeGoals(round, condition, from).map((to) => ({ from, to, rule, negated }));
  };
  return rule.condition === undefined || isBroken(rule) ? [] : walk(rule.condition, false);
}

function sameGoal(left: Goal, right: Goal): boolean {
  return left.resource.entity === right.resource.entity && same(left.action, right.action);
}

interface Web {
  readonly goals: readonly Goal[];
  readonly edges: readonly Edge[];
}

/** Every goal the first one leads to. Reads no answer, so a goal may turn out not to matter. */
function webFrom(round: Round, first: Goal): Web {
  const goals = [first];
  const edges: Edge[] = [];
  for (const goal of goals) {
    const found = applicable(round, goal).flatMap((rule) => edgesOf(round, rule, goal));
    edges.push(...found);
    for (const { to } of found) if (!goals.some((one) => sameGoal(one, to))) goals.push(to);
  }
  return { goals, edges };
}

function leadsTo(web: Web, from: Goal, to: Goal): boolean {
  const seen = [from];
  for (const goal of seen) {
    if (sameGoal(goal, to)) return true;
    const next = web.edges.filter((edge) => sameGoal(edge.from, goal)).map((edge) => edge.to);
    seen.push(...next.filter((one) => !seen.some((other) => sameGoal(one, other))));
  }
  return false;
}

/** Whether a rule is broken when put to a goal: one for two actions or filters is as two rules (SR-903). */
type Broken = (rule: PreparedRule, goal: Goal) => boolean;

/** A rule whose `!` closes a cycle from a goal has no least answer there and counts as broken on it (SR-473). */
function paradoxes(web: Web): Broken {
  const closing = web.edges.filter((edge) => edge.negated && leadsTo(web, edge.to, edge.from));
  return (rule, goal) => closing.some((edge) => edge.rule === rule && sameGoal(edge.from, goal));
}

/** How many `!` stand between a goal and the last thing it depends on; a goal is decided after those below it. */
function levels(web: Web, broken: Broken): ReadonlyMap<Goal, number> {
  const level = new Map(web.goals.map((goal) => [goal, 0]));
  const of = (goal: Goal): number => level.get(web.goals.find((one) => sameGoal(one, goal)) ?? goal) ?? 0;
  const live = web.edges.filter((edge) => !broken(edge.rule, edge.from));
  for (let pass = 0; pass < web.goals.length; pass += 1) {
    for (const { from, to, negated } of live) level.set(from, Math.max(of(from), of(to) + (negated ? 1 : 0)));
  }
  return level;
}

interface Verdicts {
  readonly granted: Granted;
  readonly broken: Broken;
}

function settle(round: Round, first: Goal): Verdicts {
  const web = webFrom(round, first);
  const paradox = paradoxes(web);
  const broken: Broken = (rule, goal) => isBroken(rule) || paradox(rule, goal);
  const proven: Goal[] = [];
  const granted: Granted = (goal) => proven.some((one) => sameGoal(one, goal));
  const level = levels(web, paradox);
  for (const height of [...new Set(level.values())].sort((a, b) => a - b)) {
    const here = web.goals.filter((goal) => level.get(goal) === height);
    let open = here;
    do {
      const news = open.filter((goal) => decided(round, goal, { granted, broken }));
      proven.push(...news);
      open = news.length === 0 ? [] : open.filter((goal) => !news.includes(goal));
    } while (open.length > 0);
  }
  return { granted, broken };
}

function grants(round: Round, rule: PreparedRule, goal: Goal, verdicts: Verdicts): boolean {
  if (rule.condition === undefined || verdicts.broken(rule, goal)) return false;
  return holds(round, rule.condition, goal, verdicts.granted);
}

function decided(round: Round, goal: Goal, verdicts: Verdicts): boolean {
  return round.seams.combine(applicable(round, goal).map((rule) => grants(round, rule, goal, verdicts)));
}

const refused: RuleAnswer = { allowed: false, rules: [], broken: [] };

function names(rules: readonly PreparedRule[]): readonly string[] {
  return [...new Set(rules.map((rule) => rule.name))].sort();
}

function answer(round: Round, goal: Goal): RuleAnswer {
  const verdicts = settle(round, goal);
  const asked = applicable(round, goal);
  const granting = asked.filter((rule) => grants(round, rule, goal, verdicts));
  return {
    allowed: decided(round, goal, verdicts),
    rules: names(granting),
    broken: names(asked.filter((rule) => verdicts.broken(rule, goal))),
  };
}

/** The would-be resource with the caller as owner where its body names none (SR-501). */
function wouldBe(type: string, entity: Entity, round: Pick<Round, "seams" | "subject" | "node">): Resource {
  if (!isOwned(type) || round.node !== undefined) return { type, entity };
  const given = entity["owner"] ?? undefined;
  return { type, entity: { ...entity, owner: round.seams.ownerOf(given, round.subject) } };
}

function resourceOf(
  site: Site,
  asked: RuleQuestionLike["resource"],
  round: Pick<Round, "seams" | "subject" | "node">,
): Resource | undefined {
  if ("wouldBe" in asked) return wouldBe(asked.type, asked.wouldBe, round);
  if (same(asked.type, "TransientObject")) {
    return { type: "TransientObject", entity: { id: asked.id, name: asked.id } };
  }
  const type = Object.keys(site.entities).find((one) => same(one, asked.type));
  if (type === undefined) return undefined;
  const entity = site.entities[type]?.find((one) => one.id === asked.id);
  return entity && { type, entity };
}

/** The node a load-balancing question is about; undefined where the site holds no such node. */
function nodeOf(site: Site, { action, node }: RuleQuestionLike, seams: RuleSeams): Pick<Scene, "node"> | undefined {
  if (categoryOf(action) !== "Sync") return {};
  const type = "ServerNodeConfiguration";
  const entity = site.entities[type]?.find(({ id }) => id === node);
  if (entity === undefined) return undefined;
  return { node: { type, entity: seams.nodeSeen(entity) ?? { id: "" } } };
}

/** Decides each question by itself. A resource the site does not hold is refused; the answers stand in question order. */
export function evaluateRules(
  site: Site,
  questions: readonly RuleQuestionLike[],
  dialect: Dialect,
  seams: RuleSeams = plainRules,
): readonly RuleAnswer[] {
  const rules = prepareRules(site, dialect, seams);
  return questions.map((question) => {
    const subject = subjectOf(site, question.as, dialect);
    const node = nodeOf(site, question, seams);
    if (node === undefined) return refused;
    const round: Round = { site, dialect, seams, rules, who: question.as, subject, context: question.context, ...node };
    const resource = resourceOf(site, question.resource, round);
    return resource === undefined ? refused : answer(round, { resource, action: question.action });
  });
}
