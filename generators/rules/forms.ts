/** Forms of atoms with how often each is drawn; the words that stand in texts where no value of the site is taken. */
import type { Comparator } from "../../languages/rule-condition/ast.ts";
import {
  connectionTypes,
  departments,
  groups,
  objectTypes,
  people,
  regions,
  roles,
  sectionNames,
  thingNames,
} from "../rule-vocabulary.ts";

export interface ComparisonForm {
  readonly kind: "comparison";
  readonly weight: number;
  readonly left: readonly string[];
  readonly operators: readonly Comparator[];
  readonly right: { readonly paths: readonly string[] } | { readonly words: readonly string[] };
  /** Texts are taken from the words alone: they are patterns, or no property has them. */
  readonly fixed?: true;
  /** Not turned round: the right side is a pattern, or it reads better so. */
  readonly straight?: true;
}

export interface CallForm {
  readonly kind: "call";
  readonly weight: number;
  readonly on: readonly string[];
  readonly function: "Empty" | "IsAnonymous" | "IsOwned" | "HasPrivilege";
  readonly arguments?: readonly string[];
}

export type Form = ComparisonForm | CallForm;

type Words = readonly string[];

const equals: readonly Comparator[] = ["=", "=", "=", "=="];
const equal: readonly Comparator[] = ["="];

const groupPaths: Words = ["user.group", "user.group", "user.Group", "user.environment.group", "resource.@GroupAccess"];
const regionPaths: Words = [
  "user.@Region",
  "resource.@Region",
  "resource.app.@Region",
  "resource.stream.@Region",
  "resource.app.stream.@Region",
  "resource.owner.@Region",
];
const textPaths: Words = [
  "user.group",
  "user.environment.group",
  "resource.name",
  "resource.@Region",
  "user.@Region",
  "resource.stream.name",
];

function literal(weight: number, left: Words, words: Words, operators: readonly Comparator[] = equals): ComparisonForm {
  return { kind: "comparison", weight, left, operators, right: { words } };
}

function between(weight: number, left: Words, paths: Words, operators: readonly Comparator[] = equals): ComparisonForm {
  return { kind: "comparison", weight, left, operators, right: { paths } };
}

function pattern(weight: number, left: Words, operator: Comparator, words: Words): ComparisonForm {
  return { kind: "comparison", weight, left, operators: [operator], right: { words }, fixed: true, straight: true };
}

/** Each letter in both cases, so that both readings of `matches` agree (SR-328). */
export function neutral(word: string): string {
  return word.replaceAll(/[a-z]/gi, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
}

const globs: Words = ["Sales*", "*North", "s*s", "*a*", "sales", "*", "fin*south", "*ar*in*", "NORTH*", "Sales*Sales"];
const patterns: Words = [
  `${neutral("sales")}.*`,
  neutral("sale"),
  `(${neutral("north")}|${neutral("west")})`,
  ".*[0-9]",
  ".{4,5}",
  `.*${neutral("nor")}.*`,
];

const ids = people.map(({ userId }) => userId);
const directories = [...new Set(people.map(({ directory }) => directory))];

const plain: readonly Form[] = [
  literal(10, groupPaths, groups),
  between(6, ["user.group", "user.group", "user.environment.group"], ["resource.@GroupAccess"]),
  between(3, ["resource.stream.@GroupAccess", "resource.app.stream.@GroupAccess"], ["user.group"]),
  literal(6, regionPaths, regions),
  between(4, regionPaths.slice(1), ["user.@Region"]),
  literal(3, ["user.department", "user.environment.department"], departments),
  literal(6, ["user.roles", "user.roles", "user.role"], roles),
  literal(3, ["user.userId", "resource.owner.userId"], ids, equal),
  literal(2, ["user.userDirectory"], directories, equal),
  literal(3, ["resource.name", "resource.Name", "resource.stream.name", "resource.app.name"], thingNames),
  literal(2, ["resource.resourcetype"], ["App", "App.Object", "Stream", "DataConnection"]),
  literal(3, ["resource.objectType"], objectTypes),
  literal(2, ["resource.published", "resource.approved"], ["true", "false"], equal),
  literal(1, ["resource.type"], ["folder", "ODBC"]),
  literal(2, ["resource.description"], thingNames),
  literal(2, ["user.environment.context"], ["AppAccess", "ManagementAccess"]),
  literal(1, ["user.environment.secureRequest"], ["true", "false"], equal),
  between(
    2,
    ["resource.owner", "resource.Owner", "resource.app.owner", "resource.app.stream.owner", "resource.stream.owner"],
    ["user"],
    equal,
  ),
  pattern(3, textPaths, "like", globs),
  pattern(1, ["resource.name"], "like", ["QmcSection_*", ...sectionNames]),
  pattern(2, textPaths, "matches", patterns),
  { kind: "call", weight: 1, on: ["resource"], function: "IsOwned" },
  { kind: "call", weight: 1, on: ["user"], function: "IsAnonymous" },
];

const emptied: Words = [
  "resource.stream",
  "resource.app.stream",
  "resource.@Region",
  "user.@Region",
  "user.group",
  "user.environment.group",
];

/** `!=` on what always has exactly one value, where all readings agree. */
const negating: readonly Form[] = [
  { kind: "call", weight: 2, on: emptied, function: "Empty" },
  literal(1, ["resource.name"], thingNames, ["!=", "!=="]),
  literal(1, ["user.userId"], ids, ["!="]),
];

const disputed: readonly Form[] = [
  literal(3, groupPaths, groups, ["!=", "!=="]),
  literal(3, regionPaths, regions, ["!=", "!=="]),
  pattern(3, textPaths, "matches", ["SALES.*", "north", "Sales|Finance"]),
  pattern(3, textPaths, "like", ["Sale?", "?orth"]),
];

/** What no type, or not the type at hand, offers (SR-405, SR-407, SR-409, SR-421). */
export const unofferedForms: readonly Form[] = [
  { ...literal(2, ["resource.nosuch", "user.nosuch"], thingNames, equal), fixed: true },
  { ...literal(2, ["resource.description"], thingNames, equal), fixed: true },
  { ...literal(1, ["resource.published", "resource.approved"], ["true", "false"], equal), fixed: true },
  { ...literal(1, ["resource.stream.name", "resource.app.name"], thingNames, equal), fixed: true },
  { ...literal(1, ["resource.type"], connectionTypes, equal), fixed: true },
];

/**
 * Every use leads from a type to a lower one (object and task → app → stream), or from another action to `read` on the same
 * resource, so that no answer depends on itself (SR-473). The second kind is only for rules that do not give `read`.
 */
function privilegeForms(givesRead: boolean): readonly Form[] {
  const behind: CallForm = {
    kind: "call",
    weight: givesRead ? 7 : 4,
    on: ["resource.stream", "resource.app", "resource.App", "resource.app.stream"],
    function: "HasPrivilege",
    arguments: ["read", "Read", "read", "update", "publish"],
  };
  if (givesRead) return [behind];
  return [behind, { kind: "call", weight: 3, on: ["resource"], function: "HasPrivilege", arguments: ["read", "Read"] }];
}

export interface FormChoice {
  readonly disputed: boolean;
  readonly negation: boolean;
  readonly privileges: boolean;
  readonly givesRead: boolean;
}

const chosen = new Map<string, readonly Form[]>();

/** The forms a condition may have. */
export function formsFor(choice: FormChoice): readonly Form[] {
  const key = JSON.stringify(choice);
  const known = chosen.get(key);
  if (known !== undefined) return known;
  const forms = [
    ...plain,
    ...(choice.negation ? negating : []),
    ...(choice.disputed ? disputed : []),
    ...(choice.privileges ? privilegeForms(choice.givesRead) : []),
  ];
  chosen.set(key, forms);
  return forms;
}
