/** Atoms directed by the site: what they ask for is there, and they hold for somebody and fail for somebody. */
import type { Principal, RequestContext } from "../../contract/types.ts";
import type { Operand, Path } from "../../languages/rule-condition/ast.ts";
import type { Dice } from "../dice.ts";
import { isTrue, path, text, type Atom } from "./atoms.ts";
import { formsFor, unofferedForms, type CallForm, type ComparisonForm, type Form } from "./forms.ts";
import { isOffered, type Scenery, type Thing } from "./reading.ts";
import type { RuleSettings } from "./settings.ts";

/** What a rule is about, and on whom its atoms are tried. */
export interface Scope {
  readonly scenery: Scenery;
  readonly people: readonly Principal[];
  /** What the rule's filter covers; never empty. */
  readonly things: readonly Thing[];
  readonly contexts: readonly RequestContext[];
  readonly givesRead: boolean;
  readonly settings: RuleSettings;
  readonly dice: Dice;
}

/** Draws of an atom until one holds for some and fails for others. */
const patience = 8;

function oneOf<Item>(items: readonly Item[], dice: Dice): Item {
  const item = items[dice.below(items.length)];
  if (item === undefined) throw new RangeError("nothing to draw from");
  return item;
}

const totals = new Map<readonly Form[], number>();

function weighted(forms: readonly Form[], dice: Dice): Form {
  const total = totals.get(forms) ?? forms.reduce((sum, { weight }) => sum + weight, 0);
  totals.set(forms, total);
  let at = dice.below(total);
  for (const form of forms) {
    at -= form.weight;
    if (at < 0) return form;
  }
  return oneOf(forms, dice);
}

function asksOf(root: "user" | "resource", atom: Atom): boolean {
  if (atom.kind === "call") return atom.on.root === root;
  const { left, right } = atom;
  return (left.kind === "path" && left.root === root) || (right.kind === "path" && right.root === root);
}

function isContext(operand: Operand): boolean {
  return operand.kind === "path" && operand.root === "user" && operand.segments[1] === "context";
}

function asksContext(atom: Atom): boolean {
  return atom.kind === "comparison" && (isContext(atom.left) || isContext(atom.right));
}

/** Whom and what the atom can tell apart. */
function told({ people, things, contexts }: Scope, atom: Atom): Pick<Scope, "people" | "things" | "contexts"> {
  return {
    people: asksOf("user", atom) ? people : people.slice(0, 1),
    things: asksOf("resource", atom) ? things : things.slice(0, 1),
    contexts: asksContext(atom) ? contexts : contexts.slice(0, 1),
  };
}

/** Whether it holds for somebody and something covered, and fails for others; for HasPrivilege, whether there is a target. */
export function isTwoSided(atom: Atom, scope: Scope): boolean {
  if (atom.kind === "call" && atom.function === "HasPrivilege") return targetsOf(atom.on, scope).length > 0;
  const { people, things, contexts } = told(scope, atom);
  const pairs = people.length * things.length;
  let first: boolean | undefined;
  for (let at = 0; at < pairs * contexts.length; at++) {
    const who = people[at % people.length];
    const thing = things[Math.floor(at / people.length) % things.length];
    const context = contexts[Math.floor(at / pairs)];
    if (who === undefined || thing === undefined || context === undefined) continue;
    const answer = isTrue(atom, scope.scenery, { who, thing, context }) === true;
    first ??= answer;
    if (answer !== first) return true;
  }
  return false;
}

/** Resources the path leads to from what the rule covers, by type and id. */
export function targetsOf(on: Path, { scenery, people, things, contexts }: Scope): readonly string[] {
  const [who] = people;
  const [context] = contexts;
  if (who === undefined || context === undefined) return [];
  return things.flatMap((thing) => scenery.find(on, { who, thing, context }).things);
}

/** A value that somebody or something has there. */
function valueAt(left: Path, { scenery, people, things, contexts, dice }: Scope): string | undefined {
  const asking = { who: oneOf(people, dice), thing: oneOf(things, dice), context: oneOf(contexts, dice) };
  const { texts } = scenery.find(left, asking);
  return texts.length === 0 ? undefined : oneOf(texts, dice);
}

function rightOf(form: ComparisonForm, left: Path, scope: Scope): Operand {
  const { dice } = scope;
  if ("paths" in form.right) return path(oneOf(form.right.paths, dice));
  const found = form.fixed === true || dice.chance(0.3) ? undefined : valueAt(left, scope);
  return text(found ?? oneOf(form.right.words, dice));
}

function comparisonOf(form: ComparisonForm, scope: Scope): Atom {
  const { dice } = scope;
  const left = path(oneOf(form.left, dice));
  const right = rightOf(form, left, scope);
  const operator = oneOf(form.operators, dice);
  const turned = form.straight !== true && dice.below(5) === 0;
  return turned
    ? { kind: "comparison", left: right, operator, right: left }
    : { kind: "comparison", left, operator, right };
}

function callOf({ on, function: name, arguments: words }: CallForm, { dice }: Scope): Atom {
  const argument = words === undefined ? {} : { argument: oneOf(words, dice) };
  return { kind: "call", on: path(oneOf(on, dice)), function: name, ...argument };
}

function atomOf(form: Form, scope: Scope): Atom {
  return form.kind === "call" ? callOf(form, scope) : comparisonOf(form, scope);
}

function pathsOf(atom: Atom): readonly Path[] {
  const operands: readonly Operand[] = atom.kind === "call" ? [atom.on] : [atom.left, atom.right];
  return operands.filter((operand) => operand.kind === "path");
}

function isOfferedTo(atom: Atom, { things }: Scope): boolean {
  return pathsOf(atom).every((one) => things.some(({ type }) => isOffered(one, type)));
}

/** Somebody has this id, others do not. */
function certain({ people, dice }: Scope): Atom {
  const { id } = oneOf(people, dice);
  return { kind: "comparison", left: path("user.userId"), operator: "=", right: text(id) };
}

/** An atom of a rule. `privileges`: whether it may ask for what other rules give. */
export function drawAtom(scope: Scope, privileges: boolean): Atom {
  const { settings, dice, givesRead } = scope;
  if (dice.chance(settings.oneSided)) {
    const atom = atomOf(weighted(unofferedForms, dice), scope);
    if (!isOfferedTo(atom, scope)) return atom;
  }
  const { disputed, negation } = settings;
  const forms = formsFor({ disputed, negation, privileges, givesRead });
  for (let turn = 0; turn < patience; turn++) {
    const atom = atomOf(weighted(forms, dice), scope);
    if (isOfferedTo(atom, scope) && isTwoSided(atom, scope)) return atom;
  }
  return certain(scope);
}
