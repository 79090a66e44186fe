/** Why an atom cannot be true for some and false for others on its site, whoever asks. */
import type { Entity } from "../../contract/types.ts";
import type { Condition, Operand } from "../../languages/rule-condition/ast.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import { parseFilter } from "../../languages/resource-filter/parse.ts";
import type { Entities } from "./drafts.ts";
import { covers } from "./features.ts";
import { thingsOf } from "./filters.ts";
import { isOffered, kindOf } from "./reading.ts";

export const bounds = [
  "its rule covers nothing that the site holds",
  "it asks for what the types of its rule do not offer",
  "its rule covers resources of one type",
  "its rule is for one context",
  "its rule covers one thing, and it asks of nothing else",
  "behind like and matches every text fits",
  "it is about pages of the QMC, which are no entities",
] as const;

export type Bound = (typeof bounds)[number];

function operandsOf(atom: Condition): readonly Operand[] {
  if (atom.kind === "call") return [atom.on];
  return atom.kind === "comparison" ? [atom.left, atom.right] : [];
}

function lastOf(operand: Operand): string {
  return operand.kind === "path" ? (operand.segments.at(-1) ?? "").toLowerCase() : "";
}

/** The types and the number of things a rule covers. */
function coveredBy(rule: Entity, entities: Entities): { readonly types: ReadonlySet<string>; readonly count: number } {
  const filter = rule["resourceFilter"];
  const { items } = parseFilter(typeof filter === "string" ? filter : "");
  const covered = thingsOf(entities).filter((thing) => items.some((item) => covers(item, thing)));
  return { types: new Set(covered.map(({ type }) => type)), count: covered.length };
}

interface Judged {
  readonly atom: Condition;
  readonly operands: readonly Operand[];
  readonly rule: Entity;
  readonly types: ReadonlySet<string>;
  readonly count: number;
}

function isOfferedTo(operand: Operand, types: ReadonlySet<string>): boolean {
  return (
    operand.kind === "text" || (kindOf(operand) !== "unknown" && [...types].some((type) => isOffered(operand, type)))
  );
}

function asks(operands: readonly Operand[], name: string): boolean {
  return operands.some((operand) => lastOf(operand) === name);
}

function isOfOneThing({ atom, operands, count }: Judged): boolean {
  const asksUser = operands.some((operand) => operand.kind === "path" && operand.root === "user");
  return count === 1 && !asksUser && !(atom.kind === "call" && atom.function === "HasPrivilege");
}

function fitsAll(atom: Condition): boolean {
  return atom.kind === "comparison" && atom.right.kind === "text" && atom.right.value === "*";
}

function isAboutPages(operand: Operand): boolean {
  return operand.kind === "text" && /^(?:QmcSection_|TransientObject$)/.test(operand.value);
}

const tests: readonly (readonly [bound: Bound, isBound: (judged: Judged) => boolean])[] = [
  [bounds[0], ({ count }) => count === 0],
  [bounds[1], ({ operands, types }) => !operands.every((operand) => isOfferedTo(operand, types))],
  [bounds[2], ({ operands, types }) => types.size === 1 && asks(operands, "resourcetype")],
  [bounds[3], ({ operands, rule }) => rule["ruleContext"] !== 0 && asks(operands, "context")],
  [bounds[4], isOfOneThing],
  [bounds[5], ({ atom }) => fitsAll(atom)],
  [bounds[6], ({ operands }) => operands.some(isAboutPages)],
];

/** Undefined where it could be both: an atom as printed, of a rule of the site. */
export function boundOf(written: string, rule: Entity, entities: Entities): Bound | undefined {
  const atom = parseCondition(written);
  const judged: Judged = { atom, operands: operandsOf(atom), rule, ...coveredBy(rule, entities) };
  return tests.find(([, isBound]) => isBound(judged))?.[0];
}
