/** Laws about who asks, and about what the site holds beside the resource asked about. */
import type { Entity, Json, Principal, Site } from "../../contract/types.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import type { Operand } from "../../languages/rule-condition/ast.ts";
import { alike, everywhere, noLess, type RuleLaw, type RuleScene } from "./posing.ts";
import {
  allAtoms,
  comparisonText,
  isAnywhereNegative,
  pathOf,
  rewritten,
  withAtoms,
  type Atom,
  type Comparison,
} from "./rewriting.ts";
import { askedEntity, isAnonymous, isFields, isUser, touchedScene, withPerson } from "./scene.ts";

function isGroupPath(operand: Operand): boolean {
  return /\.(group|@groupaccess)$/.test(pathOf(operand) ?? "");
}

/** Texts the rules compare groups with. */
function groupsNamed({ site }: RuleScene): readonly string[] {
  return allAtoms(site).flatMap((atom) => {
    if (atom.kind === "call" || ![atom.left, atom.right].some(isGroupPath)) return [];
    return [atom.left, atom.right].flatMap((side) => (side.kind === "text" ? [side.value] : []));
  });
}

const oneMoreGroup: RuleLaw = {
  ...everywhere,
  id: "R7",
  says: "allows no less to who is in more groups",
  because: ["SR-341"],
  worlds: { negation: false },
  guardedFor: "`!`, `!=`, `!==` and `Empty` grant for what somebody is not in",
  guard: ({ site }) => !isAnywhereNegative(site),
  pose: (scene) => {
    const { as } = scene.question;
    if (isAnonymous(scene.question)) return undefined;
    const more = [...new Set(groupsNamed(scene))].filter((name) => !as.groups.includes(name));
    const groups = [...as.groups, ...(more.length > 0 ? more.slice(0, 2) : ["Trainees"])];
    return noLess(scene, withPerson(scene, { ...as, groups }));
  },
};

/** Names that no rule of any world speaks of, though they look like some that do. */
const unspoken = { attributes: ["groupname", "roles2"], property: "Regional" } as const;

function spoken(site: Site): ReadonlySet<string> {
  const paths = allAtoms(site).flatMap((atom) =>
    atom.kind === "call" ? [atom.on] : [atom.left, atom.right].flatMap((side) => (side.kind === "path" ? [side] : [])),
  );
  return new Set(paths.flatMap(({ segments }) => segments.map((name) => name.toLowerCase())));
}

const unmentioned: RuleLaw = {
  ...everywhere,
  id: "R10",
  says: "decides the same whatever attributes somebody has that no rule mentions",
  because: ["SR-401", "SR-402", "SR-404"],
  pose: (scene) => {
    const { as } = scene.question;
    if (isAnonymous(scene.question)) return undefined;
    const names = spoken(scene.site);
    const kept = (lists: Principal["attributes"]): Principal["attributes"] => ({
      ...Object.fromEntries(Object.entries(lists).filter(([name]) => names.has(name.toLowerCase()))),
      ...Object.fromEntries(unspoken.attributes.map((name) => [name, ["Sales", "NORTH", "RootAdmin"]])),
    });
    const who = { ...as, attributes: kept(as.attributes), session: kept(as.session) };
    const property = { value: "NORTH", definition: { name: unspoken.property } };
    const changed = withPerson(scene, who, (row) => {
      const held = row["customProperties"];
      return { ...row, customProperties: [...(Array.isArray(held) ? (held as readonly Json[]) : []), property] };
    });
    return alike(scene, changed);
  },
};

function mirrored(text: string): string {
  return Array.from(text).toReversed().join("");
}

/** Whether the comparison means the same when groups, and the texts they are compared with, have other names. */
function survivesRenaming(atom: Comparison): boolean {
  const sides = [atom.left, atom.right];
  if (!sides.some(isGroupPath)) return true;
  return atom.operator !== "matches" && sides.every((side) => side.kind === "text" || isGroupPath(side));
}

function mirroredSide(side: Operand): Operand {
  return side.kind === "text" ? { ...side, value: mirrored(side.value) } : side;
}

function mirroredAtom(atom: Atom): string {
  if (atom.kind === "call" || ![atom.left, atom.right].some(isGroupPath)) return printCondition(atom);
  return comparisonText(mirroredSide(atom.left), atom.operator, mirroredSide(atom.right));
}

function isNamed(value: Json | undefined, name: string): boolean {
  return typeof value === "string" && value.toLowerCase() === name;
}

/** A value of `@GroupAccess` or of the attribute `group`, renamed. */
function mirroredValue(object: { readonly [field: string]: Json }): { readonly [field: string]: Json } {
  const { value, definition, attributeType, attributeValue } = object;
  if (isNamed(attributeType, "group") && typeof attributeValue === "string")
    return { ...object, attributeValue: mirrored(attributeValue) };
  const isAccess = isFields(definition) && definition["name"] === "GroupAccess";
  return isAccess && typeof value === "string" ? { ...object, value: mirrored(value) } : object;
}

const otherGroups: RuleLaw = {
  ...everywhere,
  id: "R11",
  says: "decides the same when all groups have other names everywhere",
  because: ["SR-341", "SR-342"],
  guardedFor: "what fits one name by `matches` need not fit the other",
  guard: ({ site }) => allAtoms(site).every((atom) => atom.kind === "call" || survivesRenaming(atom)),
  pose: (scene) => {
    const site = rewritten(scene.site, (tree) => withAtoms(tree, mirroredAtom)) ?? scene.site;
    const { as } = scene.question;
    const { group, ...session } = as.session;
    const who: Principal = {
      ...as,
      groups: as.groups.map(mirrored),
      session: group === undefined ? session : { ...session, group: group.map(mirrored) },
    };
    return alike(scene, touchedScene({ site, question: { ...scene.question, as: who } }, mirroredValue));
  },
};

/** `@Region` becomes `@Territory`; every path and every value of it follows. */
function otherName(name: string): string {
  return name.replace(/^(@?)Region$/, "$1Territory");
}

function renamedPath(operand: Operand): Operand {
  return operand.kind === "text" ? operand : { ...operand, segments: operand.segments.map(otherName) };
}

function renamedAtom(atom: Atom): string {
  if (atom.kind === "call") {
    const { on } = atom;
    return printCondition({ ...atom, on: { ...on, segments: on.segments.map(otherName) } });
  }
  return comparisonText(renamedPath(atom.left), atom.operator, renamedPath(atom.right));
}

const otherProperties: RuleLaw = {
  ...everywhere,
  id: "R11 properties",
  says: "decides the same when a custom property has another name everywhere",
  because: ["SR-408"],
  pose: (scene) => {
    const site = rewritten(scene.site, (tree) => withAtoms(tree, renamedAtom));
    if (site === undefined) return undefined;
    const renamed = touchedScene({ ...scene, site }, (object) =>
      object["name"] === "Region" ? { ...object, name: otherName("Region") } : object,
    );
    return alike(scene, renamed);
  },
};

function idOf(entity: Entity | undefined, field: string): string | undefined {
  const reference = entity?.[field];
  const id = isFields(reference) ? reference["id"] : undefined;
  return typeof id === "string" ? id : undefined;
}

/** Types of which nothing beside the resource asked about, its app and its stream is left. */
const placed = ["Stream", "App", "App.Object", "DataConnection", "ReloadTask"] as const;

const unrelated: RuleLaw = {
  ...everywhere,
  id: "R19",
  says: "decides the same when resources are gone to which none leads from the one asked about",
  because: ["SR-421", "SR-105"],
  pose: (scene) => {
    const { site, question } = scene;
    const asked = askedEntity(scene);
    const find = (type: string, id: string | undefined): Entity | undefined =>
      (site.entities[type] ?? []).find((row) => row.id === id);
    const app = find("App", idOf(asked, "app"));
    const stream = find("Stream", idOf(app ?? asked, "stream"));
    const self = question.resource.type;
    const isKept = (type: string, row: Entity): boolean =>
      row === app || row === stream || (type === self && row === asked);
    const left = placed.map((type) => [type, (site.entities[type] ?? []).filter((row) => isKept(type, row))] as const);
    const gone = placed.some((type, at) => left[at]?.[1].length !== (site.entities[type] ?? []).length);
    if (asked === undefined || !gone) return undefined;
    return alike(scene, { site: { ...site, entities: { ...site.entities, ...Object.fromEntries(left) } }, question });
  },
};

const directory = "BRANCH";

const otherDirectory: RuleLaw = {
  ...everywhere,
  id: "R21",
  says: "decides the same about who comes from another user directory with all that he has",
  because: ["SR-401", "SR-333"],
  guardedFor: "rules may name the directory",
  guard: ({ site }) => !spoken(site).has("userdirectory"),
  pose: (scene) => {
    const { as } = scene.question;
    if (isAnonymous(scene.question)) return undefined;
    const moved = touchedScene(scene, (object) =>
      isUser(object, as) ? { ...object, userDirectory: directory } : object,
    );
    return alike(scene, { ...moved, question: { ...moved.question, as: { ...as, directory } } });
  },
};

export const lawsOfPeopleAndThings: readonly RuleLaw[] = [
  oneMoreGroup,
  unmentioned,
  otherGroups,
  otherProperties,
  unrelated,
  otherDirectory,
];
