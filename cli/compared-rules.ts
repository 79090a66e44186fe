/** Two rule sets compared, in words: kinds of request that differ alike stand together, and people who change alike. */
import type { Comparison, Difference } from "../analysis/rules/against.ts";
import type { PersonalChange } from "../analysis/rules/personal-changes.ts";
import { describeResource, describeUser, type Witness } from "../analysis/rules/witness.ts";
import { actionsOf } from "../catalogue/type-actions.ts";
import type { Json, RequestContext, ResourceRef, Site } from "../contract/types.ts";

function namesOf(site: Site): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [type, entities] of Object.entries(site.entities)) {
    for (const entity of entities) {
      const { name } = entity as { readonly name?: Json };
      if (typeof name === "string") names.set(`${type}_${entity.id}`, `${type} ${name}`);
    }
  }
  return names;
}

/** Names of a site's resources for a person; made ready once, since there may be many to tell. */
export function resourceNamer(site: Site): (ref: ResourceRef) => string {
  const names = namesOf(site);
  return (ref) => {
    if ("wouldBe" in ref) {
      const { name } = ref.wouldBe as { readonly name?: Json };
      return typeof name === "string" ? `a new ${ref.type} ${name}` : `a new ${ref.type}`;
    }
    if (ref.type === "TransientObject") return ref.id;
    const key = `${ref.type}_${ref.id}`;
    return names.get(key) ?? key;
  };
}

/** Names listed before the rest is counted. */
const mostNames = 5;

function listed<T>(items: readonly T[], nameOf: (item: T) => string): string {
  const more = items.length - mostNames;
  const names = items.slice(0, mostNames).map(nameOf).join(", ");
  return more <= 0 ? names : `${names} and ${more} more`;
}

/** In the order met. */
function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item]);
    else known.push(item);
  }
  return [...groups.values()];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

function contextsOf(items: readonly { readonly context: RequestContext }[]): string {
  return unique(items.map(({ context }) => context)).join(" and ");
}

function witnessLines(sign: string, witness: Witness | undefined): readonly string[] {
  if (witness === undefined) return [];
  const kind = witness.existing ? "" : "  (made up)";
  return [`    ${sign} ${describeUser(witness)} → ${describeResource(witness)}${kind}`];
}

interface ToldDifference extends Difference {
  readonly lines: readonly string[];
}

function toldOf(difference: Difference): ToldDifference {
  return {
    ...difference,
    lines: [...witnessLines("+", difference.gained), ...witnessLines("-", difference.lost)],
  };
}

/** SR-234: of other actions a site answers no bits. */
function exists({ type, action }: { readonly type: string; readonly action: string }): boolean {
  return actionsOf(type).includes(action);
}

function headOf(group: readonly ToldDifference[]): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const actions = unique(group.map(({ action }) => action)).join(", ");
  return [`  ${first.type} ${actions} in ${contextsOf(group)}: ${first.relation}`, ...first.lines];
}

function differenceLines(differences: readonly Difference[]): readonly string[] {
  const told = differences.filter(exists).map(toldOf);
  const alike = groupedBy(told, ({ type, action, relation, lines }) => JSON.stringify([type, action, relation, lines]));
  const groups = groupedBy(alike, (group) => {
    const [first] = group;
    return JSON.stringify([first?.type, contextsOf(group), first?.relation, first?.lines]);
  });
  const untold = differences.length - told.length;
  const rest = `  and ${untold} about actions the type does not have (SR-234); --json tells them`;
  return [...groups.flatMap((group) => headOf(group.flat())), ...(untold === 0 ? [] : [rest])];
}

function equalText(differences: readonly Difference[]): string {
  const same = differences.filter(({ relation }) => relation === "equal");
  const proven = same.filter(({ sameRules }) => sameRules).length;
  return `equal: ${same.length} of ${differences.length} kinds of request, ${proven} of them since the same rules speak of them`;
}

type Namer = (ref: ResourceRef) => string;

/** What one user gains and loses: a line for actions and contexts that change on the same things, by the same rules. */
function changeLines(nameOf: Namer, changes: readonly PersonalChange[]): readonly string[] {
  const lists = new Map<readonly ResourceRef[], number>();
  const told = changes.map((change) => {
    const list = lists.get(change.resources) ?? lists.size;
    lists.set(change.resources, list);
    return { ...change, key: JSON.stringify([change.change, change.rules, list]) };
  });
  const everywhere = groupedBy(told, ({ key, action }) => `${action} ${key}`);
  const alike = groupedBy(everywhere, (group) => `${contextsOf(group)} ${group[0]?.key}`);
  return alike.flatMap((groups) => {
    const [first] = groups.flat();
    if (first === undefined) return [];
    const actions = unique(groups.flat().map(({ action }) => action)).join(", ");
    return [
      `    ${first.change} ${actions} on ${listed(first.resources, nameOf)} in ${contextsOf(groups.flat())} (${first.rules.join(", ")})`,
    ];
  });
}

/** Everybody with the same changes stands together. */
function peopleLines(nameOf: Namer, changes: readonly PersonalChange[]): readonly string[] {
  const told = changes.filter(exists);
  const people = groupedBy(told, ({ user }) => `${user.directory}\\${user.id}`).map((own) => {
    const [first] = own;
    return { name: `${first?.user.directory}\\${first?.user.id}`, lines: changeLines(nameOf, own) };
  });
  return groupedBy(people, ({ lines }) => lines.join("\n")).flatMap((group) => [
    `  ${listed(group, ({ name }) => name)}`,
    ...(group[0]?.lines ?? []),
  ]);
}

export function comparisonText(site: Site, { differences, people, asked, uncompared }: Comparison): string {
  const told = differences.filter(({ relation }) => relation !== "equal");
  return [
    `Asked: ${asked.users} users and ${asked.resources} resources of the site, ${asked.made} users and ${asked.madeResources} resources made up.`,
    equalText(differences),
    ...differenceLines(told),
    ...(uncompared.length === 0
      ? []
      : [
          `Not compared, since they give no rights: licence and load-balancing rules that differ: ${uncompared.join(", ")}`,
        ]),
    ...(people.length === 0 ? [] : ["On this site:", ...peopleLines(resourceNamer(site), people)]),
  ].join("\n");
}

export function witnessJson(witness: Witness | undefined): object | undefined {
  if (witness === undefined) return undefined;
  return {
    user: describeUser(witness),
    resource: describeResource(witness),
    action: witness.action,
    context: witness.context,
    existing: witness.existing,
  };
}

export function comparisonJson(site: Site, { differences, people, asked, uncompared }: Comparison): object {
  const nameOf = resourceNamer(site);
  return {
    asked,
    uncompared,
    differences: differences.map(({ gained, lost, ...rest }) => ({
      ...rest,
      gained: witnessJson(gained),
      lost: witnessJson(lost),
    })),
    people: people.map(({ user, type, action, context, change, rules, resources }) => ({
      user: `${user.directory}\\${user.id}`,
      change,
      type,
      action,
      context,
      rules,
      resources: resources.map((ref) => ({ resource: "id" in ref ? `${type}_${ref.id}` : type, name: nameOf(ref) })),
    })),
  };
}
