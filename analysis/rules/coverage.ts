/** Policy coverage: which atoms of the rules were true, and which false, for the users and resources a site has. */
import type { Principal, RequestContext, ResourceRef, Site } from "../../contract/types.ts";
import type { Condition } from "../../languages/rule-condition/ast.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import { actionBits, actionNamed, type ActionName } from "../../reference/rules/actions.ts";
import { matrixOf } from "../../reference/rules/matrix.ts";
import type { Policy, Rule } from "../../reference/rules/policy.ts";
import { reaches } from "../../reference/rules/privileges.ts";
import { resourceKey } from "../../reference/rules/resources.ts";
import type { Atom } from "./clauses.ts";

export interface AtomCoverage {
  readonly atom: string;
  /** Offset of the atom in the rule's condition. */
  readonly start: number;
  /** Pairs of user, resource and context for which it was true, and false. */
  readonly held: number;
  readonly failed: number;
}

export interface RuleCoverage {
  readonly rule: string;
  /** Resources of the site its filter covers. */
  readonly covered: number;
  readonly atoms: readonly AtomCoverage[];
}

function atomsOf(condition: Condition): readonly Atom[] {
  switch (condition.kind) {
    case "blank":
      return [];
    case "group":
    case "not":
      return atomsOf(condition.term);
    case "and":
    case "or":
      return condition.terms.flatMap(atomsOf);
    case "comparison":
    case "call":
      return [condition];
  }
}

/** An action the atom does not ask about, so that it can stand for the atom alone. */
function spareAction(atom: Atom): ActionName {
  const asked = atom.kind === "call" ? actionNamed(atom.argument ?? "") : undefined;
  return asked === "distribute" ? "approve" : "distribute";
}

/** The rules, and beside them the atom as a rule of its own with an action nothing else has. */
function withAtom(policy: Policy, rule: Rule, atom: Atom): Policy {
  const bit = actionBits[spareAction(atom)];
  const others = policy.rules.map((other) => ({ ...other, actions: other.actions & ~bit }));
  const alone: Rule = {
    ...rule,
    name: "atom",
    actions: bit,
    contexts: rule.contexts,
    condition: { tree: atom },
    uses: rule.uses.filter((use) => use.atom === atom).map((use) => ({ ...use, negated: false })),
  };
  return { ...policy, rules: [...others, alone] };
}

interface Axes {
  readonly people: readonly Principal[];
  readonly resources: readonly ResourceRef[];
  readonly contexts: readonly RequestContext[];
}

function held(policy: Policy, atom: Atom, { people, resources, contexts }: Axes): number {
  const action = spareAction(atom);
  let count = 0;
  for (const context of contexts) {
    const matrix = matrixOf(policy, { resources, actions: [action], context });
    for (const user of people) count += matrix.rowOf(user).count(action);
  }
  return count;
}

function ruleCoverage(
  policy: Policy,
  rule: Rule,
  people: readonly Principal[],
  all: readonly ResourceRef[],
): RuleCoverage {
  const resources = all.filter((ref) => {
    const resource = "id" in ref ? policy.index.byKey.get(resourceKey(ref.type, ref.id)) : undefined;
    return resource !== undefined && reaches(rule, policy, resource);
  });
  const axes = { people, resources, contexts: rule.contexts };
  const asked = people.length * resources.length * rule.contexts.length;
  const atoms = "tree" in rule.condition ? atomsOf(rule.condition.tree) : [];
  return {
    rule: rule.name,
    covered: resources.length,
    atoms: atoms.map((atom) => {
      const count = asked === 0 ? 0 : held(withAtom(policy, rule, atom), atom, axes);
      return { atom: printCondition(atom), start: atom.span.start, held: count, failed: asked - count };
    }),
  };
}

/** Counts over all users and resources of the site, by rule in the order of the site; rules that take no part are left out. */
export function coverageOf(site: Site, policy: Policy, people: readonly Principal[]): readonly RuleCoverage[] {
  const resources = Object.entries(site.entities).flatMap(([type, entities]) =>
    entities.map(({ id }) => ({ type, id })),
  );
  return policy.rules
    .filter(({ disabled, category, filter }) => !disabled && category === "Security" && "tree" in filter)
    .map((rule) => ruleCoverage(policy, rule, people, resources));
}

export interface RuleText {
  readonly rule: string;
  readonly file: string;
  readonly text: string;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** LCOV: each rule a file, each atom a branch that was or was not taken either way. */
export function lcov(coverage: readonly RuleCoverage[], texts: readonly RuleText[]): string {
  const records = coverage.flatMap(({ rule, atoms }) => {
    const source = texts.find((one) => one.rule === rule);
    if (source === undefined) return [];
    const branches = atoms.flatMap(({ start, held: yes, failed: no }, block) => {
      const line = lineOf(source.text, start);
      return [`BRDA:${line},${block},0,${yes}`, `BRDA:${line},${block},1,${no}`];
    });
    const hit = atoms.reduce((sum, { held: yes, failed: no }) => sum + (yes > 0 ? 1 : 0) + (no > 0 ? 1 : 0), 0);
    const lines = new Map<number, number>();
    for (const { start, held: yes, failed: no } of atoms) {
      const line = lineOf(source.text, start);
      lines.set(line, (lines.get(line) ?? 0) + yes + no);
    }
    return [
      `SF:${source.file}`,
      ...branches,
      `BRF:${2 * atoms.length}`,
      `BRH:${hit}`,
      ...[...lines].map(([line, count]) => `DA:${line},${count}`),
      `LF:${lines.size}`,
      `LH:${[...lines.values()].filter((count) => count > 0).length}`,
      "end_of_record",
    ];
  });
  return `${records.join("\n")}\n`;
}
