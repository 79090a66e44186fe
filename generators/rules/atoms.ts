/** One atom of a condition: as it is written, and whether it holds, as far as worlds are drawn by it. */
import type { Comparator, Operand, Path, RuleFunction } from "../../languages/rule-condition/ast.ts";
import type { Features } from "./factors.ts";
import type { Asking, Held, Scenery } from "./reading.ts";

export interface ComparisonAtom {
  readonly kind: "comparison";
  readonly left: Operand;
  readonly operator: Comparator;
  readonly right: Operand;
}

export interface CallAtom {
  readonly kind: "call";
  readonly on: Path;
  readonly function: RuleFunction;
  readonly argument?: string;
}

export type Atom = ComparisonAtom | CallAtom;

const span = { start: 0, end: 0 };

export function text(value: string): Operand {
  return { kind: "text", value, span };
}

const paths = new Map<string, Path>();

/** A path from how it is written: `resource.app.@Region`. */
export function path(written: string): Path {
  const known = paths.get(written);
  if (known !== undefined) return known;
  const [root, ...segments] = written.split(".");
  const made: Path = { kind: "path", root: root === "user" ? "user" : "resource", segments, span };
  paths.set(written, made);
  return made;
}

function printOperand(operand: Operand): string {
  return operand.kind === "text" ? `"${operand.value}"` : [operand.root, ...operand.segments].join(".");
}

/** With blanks around the sign or without; words always have them. */
export function printAtom(atom: Atom, gap: string = " "): string {
  if (atom.kind === "call") {
    const argument = atom.argument === undefined ? "" : `"${atom.argument}"`;
    return `${printOperand(atom.on)}.${atom.function}(${argument})`;
  }
  const { left, operator, right } = atom;
  const blank = /[a-z]/.test(operator) ? " " : gap;
  return `${printOperand(left)}${blank}${operator}${blank}${printOperand(right)}`;
}

const patterns = new Map<string, RegExp>();

function patternOf(operator: Comparator, written: string): RegExp {
  const key = `${operator} ${written}`;
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const source =
    operator === "matches"
      ? written
      : // One reading of `?` (SR-327); where it stands, evaluators may have the other.
        written
          .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
          .replaceAll("?", ".")
          .replaceAll("*", ".*");
  const made = new RegExp(`^(?:${source})$`, "is");
  patterns.set(key, made);
  return made;
}

function isAnyEqual(left: Held, right: Held, strict: boolean): boolean {
  for (const one of left.texts) {
    for (const other of right.texts) {
      if (one === other || (!strict && one.toLowerCase() === other.toLowerCase())) return true;
    }
  }
  return left.things.some((one) => right.things.includes(one));
}

function isComparisonTrue(atom: ComparisonAtom, left: Held, right: Held): boolean {
  const { operator } = atom;
  if (operator === "=" || operator === "==") return isAnyEqual(left, right, operator === "==");
  if (operator === "!=" || operator === "!==") {
    const lacks = left.count === "missing" || left.count === "empty";
    return lacks || !isAnyEqual(left, right, operator === "!==");
  }
  const pattern = patternOf(operator, right.texts[0] ?? "");
  return left.texts.some((value) => pattern.test(value));
}

/** Undefined where it depends on other rules. */
export function isTrue(atom: Atom, scenery: Scenery, asking: Asking): boolean | undefined {
  if (atom.kind === "comparison")
    return isComparisonTrue(atom, scenery.find(atom.left, asking), scenery.find(atom.right, asking));
  const { directory, id } = asking.who;
  switch (atom.function) {
    case "HasPrivilege":
      return undefined;
    case "IsAnonymous":
      return directory === "NONE" && id.toLowerCase().startsWith("anonymous");
    case "Empty":
      return ["missing", "empty"].includes(scenery.find(atom.on, asking).count);
    case "IsOwned":
      return scenery.find(path("resource.owner"), asking).count === "one";
  }
}

function isOneOff(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return one.startsWith(other) || other.startsWith(one);
  let head = 0;
  while (head < one.length && head < other.length && one[head] === other[head]) head += 1;
  const [rest, beside] = one.length >= other.length ? [one, other] : [other, one];
  const skip = rest.length === beside.length ? 1 : 0;
  return rest.slice(head + 1) === beside.slice(head + skip) || one.startsWith(other) || other.startsWith(one);
}

export function alike(one: string, other: string): Features["near"] {
  if (one === other) return "equal";
  const [lower, beside] = [one.toLowerCase(), other.toLowerCase()];
  if (lower === beside) return "case";
  return isOneOff(lower, beside) ? "letter" : "unlike";
}

const order: readonly Features["near"][] = ["equal", "case", "letter", "unlike"];

function isHeld({ texts, things }: Held): boolean {
  return texts.length + things.length > 0;
}

/** How alike the nearest two values are. */
export function nearness(operator: Comparator, left: Held, right: Held): Features["near"] {
  if (!isHeld(left) || !isHeld(right)) return "none";
  if (left.things.some((one) => right.things.includes(one))) return "equal";
  if (operator === "like" || operator === "matches") {
    const pattern = patternOf(operator, right.texts[0] ?? "");
    const fitting = left.texts.filter((value) => pattern.test(value));
    if (fitting.length === 0) return "unlike";
    const strict = new RegExp(pattern.source, "s");
    return fitting.some((value) => strict.test(value)) ? "equal" : "case";
  }
  const found = new Set(left.texts.flatMap((one) => right.texts.map((other) => alike(one, other))));
  return order.find((near) => found.has(near)) ?? "unlike";
}
