/** The comparison operators (catalogue §3.7, §3.8, table §4.1). */
import { RE2JS } from "re2js";
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Reason, RequirementId } from "../../contract/types.ts";
import type { Condition, Operand } from "../../languages/rule-condition/ast.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import { pathReasons, resolve, type Found, type Item, type Scene } from "./paths.ts";
import { fieldOf, isSame, textsOf, type Resource } from "./resources.ts";
import { because, truth, type Truth } from "./truth.ts";

export type Comparison = Extract<Condition, { readonly kind: "comparison" }>;

/** SR-325: `*` is any run of characters, everything else itself; the whole value must fit, here in lower case. */
function globOf(pattern: string): (text: string) => boolean {
  const [head = "", ...rest] = pattern.toLowerCase().split("*");
  const tail = rest.pop();
  if (tail === undefined) return (text) => text === head;
  const least = head.length + tail.length;
  return (text) => {
    if (text.length < least || !text.startsWith(head) || !text.endsWith(tail)) return false;
    let from = head.length;
    const limit = text.length - tail.length;
    for (let at = 0; at < rest.length; at++) {
      const part = rest[at] ?? "";
      const found = text.indexOf(part, from);
      if (found === -1 || found + part.length > limit) return false;
      from = found + part.length;
    }
    return true;
  };
}

/** `like` with `?` as any one character, where a dialect reads it so (SR-327); of values in lower case as well. */
function globTest(pattern: string, { likeQuestionMark }: Dialect): (text: string) => boolean {
  if (likeQuestionMark === "literal" || !pattern.includes("?")) return globOf(pattern);
  const wild: { readonly [sign: string]: string } = { "*": "[\\s\\S]*", "?": "[\\s\\S]" };
  const signs = Array.from(pattern.toLowerCase(), (sign) => wild[sign] ?? RE2JS.quote(sign));
  const compiled = RE2JS.compile(signs.join(""));
  return (text) => compiled.matches(text);
}

/** Whether letter case counts (SR-322, SR-324). */
export function isStrict(operator: Comparison["operator"], { strictCase }: Dialect): boolean {
  return strictCase === "sensitive" && (operator === "==" || operator === "!==");
}

/** Whether the comparison holds exactly where two sides share a text or an object, and may be looked up by it. */
export function isShared(operator: Comparison["operator"], { objectAsText }: Dialect): boolean {
  return objectAsText === "never" && (operator === "=" || operator === "==");
}

/** SR-328: a regular expression over the whole value. Throws what re2js throws for a pattern it cannot read. */
export function compilePattern(pattern: string, dialect: Dialect): RE2JS {
  return RE2JS.compile(pattern, dialect.matchesCase === "insensitive" ? RE2JS.CASE_INSENSITIVE : 0);
}

/** SR-321, SR-322, SR-333; an object never equals a text (SR-334). */
function isEqual(left: Item, right: Item, strict: boolean): boolean {
  if (typeof left === "string" && typeof right === "string") {
    return strict ? left === right : left.toLowerCase() === right.toLowerCase();
  }
  return isResource(left) && isResource(right) && isSame(left, right);
}

/** Not a text and not the session. */
export function isResource(item: Item): item is Resource {
  return typeof item !== "string" && item.type !== "session";
}

function pairs(left: Found, right: Found, strict: boolean): readonly boolean[] {
  return left.items.flatMap((one) => right.items.map((other) => isEqual(one, other, strict)));
}

function find(operand: Operand, scene: Scene): Found {
  return operand.kind === "text" ? { items: [operand.value] } : resolve(operand, scene);
}

function show({ items }: Found): string {
  const names = items.map((item) => (typeof item === "string" ? JSON.stringify(item) : `the ${item.type}`));
  return names.length === 1 ? names.join("") : `[${names.join(", ")}]`;
}

/** Everything a comparison is judged by. */
export interface Bench {
  readonly atom: Comparison;
  readonly left: Found;
  readonly right: Found;
  readonly scene: Pick<Scene, "dialect" | "patterns">;
}

export function compare(atom: Comparison, scene: Scene): Truth {
  return judge({ atom, left: find(atom.left, scene), right: find(atom.right, scene), scene });
}

/** What an object stands for beside a text, where a dialect compares the two (SR-334). */
function textsBeside(found: Found, other: Found): Found {
  if (!other.items.some((item) => typeof item === "string")) return found;
  const items = found.items.flatMap((item): readonly Item[] => (isResource(item) ? wordsFor(item) : [item]));
  return items.length > 0 ? { items } : { items: found.items };
}

function wordsFor({ type, fields }: Resource): readonly string[] {
  const names = textsOf(fieldOf(fields, "name"));
  const ids = type.toLowerCase() === "user" ? textsOf(fieldOf(fields, "userId")) : [];
  return [...new Set([...names, ...ids])];
}

/** A comparison whose two sides have been looked up. */
export function judge(given: Bench): Truth {
  const { atom, left, right } = given;
  const apart = given.scene.dialect.objectAsText === "never";
  const bench = apart ? given : { ...given, left: textsBeside(left, right), right: textsBeside(right, left) };
  if (bench.left.items.length === 0 || bench.right.items.length === 0) return compareMissing(bench);
  switch (atom.operator) {
    case "=":
    case "==": {
      const outcomes = pairs(bench.left, bench.right, isStrict(atom.operator, bench.scene.dialect));
      return truth(outcomes.includes(true), () => reasons(bench, equality(bench)));
    }
    case "!=":
    case "!==":
      return unequal(bench);
    case "like":
    case "matches":
      return fit(bench);
  }
}

/** SR-346: nothing equals nothing. Under `!=` the readings part (SR-347). */
function compareMissing(bench: Bench): Truth {
  const { atom, left, right, scene } = bench;
  const lacks = [left.lack, right.lack].filter((lack) => lack !== undefined);
  if (atom.operator === "!=" || atom.operator === "!==") {
    // Missing counts as one value, so it differs from every other and not from itself.
    const differs = left.items.length > 0 || right.items.length > 0;
    return truth(scene.dialect.notEqualOnMissing && differs, () => [
      because("SR-347", `${printCondition(atom)}: no value`),
      ...lacks,
    ]);
  }
  return truth(false, () =>
    lacks.map((lack) => because(lack.requirement, `${printCondition(atom)}: ${lack.evidence}`)),
  );
}

/** SR-344: some value differs, or none is equal; the readings part only where some pairs are equal and some not. */
function unequal(bench: Bench): Truth {
  const { operator } = bench.atom;
  const outcomes = pairs(bench.left, bench.right, isStrict(operator, bench.scene.dialect));
  const someDiffers = outcomes.includes(false);
  const noneEqual = !outcomes.includes(true);
  const holds = bench.scene.dialect.notEqualOnLists === "someDiffers" ? someDiffers : noneEqual;
  const parted = someDiffers !== noneEqual;
  return truth(holds, () =>
    reasons(bench, [operator === "!==" ? "SR-324" : "SR-323", ...(parted ? ["SR-344" as const] : [])]),
  );
}

/** How a value is held against the right side of `like` or `matches`. */
export interface Fitter {
  /** Whether the value is handed in lower case. */
  readonly lower: boolean;
  readonly fits: (text: string) => boolean;
}

export function fitter(atom: Comparison, { patterns, dialect }: Pick<Scene, "dialect" | "patterns">): Fitter {
  const wanted = atom.right.kind === "text" ? atom.right.value : "";
  if (atom.operator === "like") return { lower: true, fits: globTest(wanted, dialect) };
  const pattern = patterns.get(wanted);
  return { lower: false, fits: (value) => pattern?.matches(value) === true };
}

function fit(bench: Bench): Truth {
  const { atom, left, scene } = bench;
  const wanted = atom.right.kind === "text" ? atom.right.value : "";
  const { lower, fits } = fitter(atom, scene);
  const base: RequirementId = atom.operator === "like" ? "SR-325" : "SR-328";
  const list: readonly RequirementId[] = left.items.length > 1 ? ["SR-330"] : [];
  const disputed: readonly RequirementId[] = atom.operator === "like" && /[?\\]/.test(wanted) ? ["SR-327"] : [];
  const holds = left.items.some((item) => typeof item === "string" && fits(lower ? item.toLowerCase() : item));
  return truth(holds, () => reasons(bench, [base, ...list, ...disputed]));
}

function isTruthWord(found: Found): boolean {
  return found.items.every((item) => item === "true" || item === "false");
}

/** Which statements an equality rests on. */
function equality({ atom, left, right }: Bench): readonly RequirementId[] {
  const objects = [...left.items, ...right.items].filter((item) => typeof item !== "string").length;
  if (objects > 0) return [objects === left.items.length + right.items.length ? "SR-333" : "SR-334"];
  const both = atom.left.kind === "path" && atom.right.kind === "path";
  const several = left.items.length > 1 || right.items.length > 1;
  const texts = [atom.left, atom.right].filter((operand) => operand.kind === "text");
  return [
    atom.operator === "==" ? "SR-322" : "SR-321",
    ...(both ? ["SR-331" as const] : []),
    ...(several ? [both ? ("SR-342" as const) : ("SR-341" as const)] : []),
    ...(texts.some(({ value }) => value.includes("*")) ? ["SR-326" as const] : []),
    ...(isTruthWord(left) && isTruthWord(right) ? ["SR-332" as const] : []),
  ];
}

function reasons({ atom, left, right }: Bench, rests: readonly RequirementId[]): readonly Reason[] {
  const evidence = `${printCondition(atom)}: ${show(left)} against ${show(right)}`;
  const paths = [atom.left, atom.right].flatMap((operand) => (operand.kind === "path" ? pathReasons(operand) : []));
  return [...rests.map((requirement) => because(requirement, evidence)), ...paths];
}
