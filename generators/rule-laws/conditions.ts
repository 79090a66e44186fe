/** Laws about the language of conditions. */
import type { Condition } from "../../languages/rule-condition/ast.ts";
import { alike, everywhere, unlike, type PosedRules, type RuleLaw, type RuleScene } from "./posing.ts";
import { allAtoms, comparisonText, pathOf, rewritten, ruleOver, withAtoms, withRules, type Atom } from "./rewriting.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import { askedEntity, capsFlipped, filterFor } from "./scene.ts";

/** Decided alike with every condition written another way; undefined where none can be. */
function wordedOtherwise({ site, question }: RuleScene, write: (tree: Condition) => string): PosedRules | undefined {
  const other = rewritten(site, write);
  return other === undefined ? undefined : alike({ site, question }, { site: other, question });
}

/** `a or b` as `!(!(a) and !(b))`, `a and b` as `!(!(a) or !(b))`, everything else in parentheses. */
function negatedTwice(tree: Condition): string {
  switch (tree.kind) {
    case "blank":
      return "";
    case "or":
    case "and": {
      const terms = tree.terms.map((term) => `!(${negatedTwice(term)})`);
      return `!(${terms.join(tree.kind === "or" ? " and " : " or ")})`;
    }
    case "not":
      return `!(${negatedTwice(tree.term)})`;
    case "group":
      return `((${negatedTwice(tree.term)}))`;
    case "comparison":
    case "call":
      return `!(!(${printCondition(tree)}))`;
  }
}

const deMorgan: RuleLaw = {
  ...everywhere,
  id: "R9",
  says: "decides the same by De Morgan's laws, two negations and superfluous parentheses",
  because: ["SR-302", "SR-304"],
  reading: { precedence: "andFirst" },
  pose: (scene) => wordedOtherwise(scene, negatedTwice),
};

const loose: ReadonlySet<string> = new Set(["=", "!=", "like"]);

function flippedAtom(atom: Atom): string {
  if (atom.kind === "call" || !loose.has(atom.operator)) return printCondition(atom);
  const [left, right] = [atom.left, atom.right].map((side) =>
    side.kind === "text" ? { ...side, value: capsFlipped(side.value) } : side,
  );
  return comparisonText(left ?? atom.left, atom.operator, right ?? atom.right);
}

const letterCase: RuleLaw = {
  ...everywhere,
  id: "R12",
  says: "decides the same when texts beside `=`, `!=` and `like` are in other letter case",
  because: ["SR-321", "SR-323", "SR-325"],
  pose: (scene) => wordedOtherwise(scene, (tree) => withAtoms(tree, flippedAtom)),
};

/** The name of what is asked about, where it can stand in a condition as it is. */
function nameIn(scene: RuleScene): string | undefined {
  const name = askedEntity(scene)?.["name"];
  return typeof name === "string" && /^[\w. ]*[a-z][\w. ]*$/i.test(name) ? name : undefined;
}

function only({ site, question }: RuleScene, condition: string): RuleScene {
  return { site: withRules(site, [ruleOver(filterFor(question), condition)]), question };
}

const strictCase: RuleLaw = {
  ...everywhere,
  id: "R12 strict",
  says: "tells a name by `==` from one in other letter case",
  because: ["SR-322"],
  pose: (scene) => {
    const name = nameIn(scene);
    if (name === undefined) return undefined;
    return unlike(only(scene, `resource.name == "${name}"`), only(scene, `resource.name == "${capsFlipped(name)}"`));
  },
};

/** Properties that have exactly one value wherever rules are asked. */
const single: ReadonlySet<string> = new Set([
  "user.userid",
  "user.userdirectory",
  "resource.resourcetype",
  "resource.name",
]);

function isUnequal(atom: Atom): boolean {
  return atom.kind === "comparison" && (atom.operator === "!=" || atom.operator === "!==");
}

function equalAtom(atom: Atom): string {
  if (atom.kind === "call" || !isUnequal(atom)) return printCondition(atom);
  return `!(${comparisonText(atom.left, atom.operator === "!=" ? "=" : "==", atom.right)})`;
}

const unequal: RuleLaw = {
  ...everywhere,
  id: "R15",
  says: "decides by `a != b` as by `!(a = b)`",
  because: ["SR-323", "SR-324", "SR-304"],
  guardedFor: "of several values some differ where one is equal, and what a missing value differs from is disputed",
  guard: ({ site }) =>
    allAtoms(site).every(
      (atom) =>
        !isUnequal(atom) ||
        (atom.kind === "comparison" &&
          [atom.left, atom.right].every((side) => side.kind === "text" || single.has(pathOf(side) ?? ""))),
    ),
  pose: (scene) => wordedOtherwise(scene, (tree) => withAtoms(tree, equalAtom)),
};

function likeAtom(atom: Atom): string {
  if (atom.kind === "call" || atom.operator !== "=") return printCondition(atom);
  const [path, text] = atom.left.kind === "text" ? [atom.right, atom.left] : [atom.left, atom.right];
  const isPlain = path.kind === "path" && text.kind === "text" && !/[*?\\]/.test(text.value);
  return isPlain ? comparisonText(path, "like", text) : printCondition(atom);
}

const like: RuleLaw = {
  ...everywhere,
  id: "R16",
  says: "decides by `like` without wildcards as by `=`",
  because: ["SR-325", "SR-321"],
  pose: (scene) => wordedOtherwise(scene, (tree) => withAtoms(tree, likeAtom)),
};

const likeStar: RuleLaw = {
  ...everywhere,
  id: "R16 star",
  says: "finds a name by how it begins, and by how it ends, where `*` stands for the rest",
  because: ["SR-325"],
  pose: (scene) => {
    const name = nameIn(scene);
    if (name === undefined || name.length < 3) return undefined;
    const named = only(scene, `resource.name = "${name}"`);
    const begun = only(scene, `resource.name like "${name.slice(0, 2)}*" and resource.name like "*${name.slice(2)}"`);
    return alike(named, begun);
  },
};

export const lawsOfConditions: readonly RuleLaw[] = [deMorgan, letterCase, strictCase, unequal, like, likeStar];
