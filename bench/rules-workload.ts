/**
 * A customised site for measuring decisions: 1,000 users with 8 of 400 groups, 1,000 resources in 40 streams, 150 rules.
 * Each rule of the portable set is told twice, as a condition and as what other engines need to say the same.
 */
import { diceOf, type Dice } from "../generators/dice.ts";

/** What a portable rule asks, besides its filter. */
export type Asks =
  | { readonly kind: "group-and-stream"; readonly group: string; readonly stream: string }
  | { readonly kind: "group-access" }
  | { readonly kind: "owner" }
  | { readonly kind: "department" }
  | { readonly kind: "region-and-directory"; readonly directory: string }
  | { readonly kind: "role"; readonly role: string }
  | { readonly kind: "group-and-class"; readonly group: string; readonly classification: string }
  | { readonly kind: "name-like"; readonly group: string; readonly prefix: string }
  | { readonly kind: "either-group"; readonly groups: readonly [string, string]; readonly region: string }
  | { readonly kind: "department-not-region"; readonly region: string };

export interface WorkRule {
  readonly filter: "App*" | "Stream_*" | "DataConnection_*" | "*" | `App_${string}`;
  readonly actions: readonly string[];
  readonly asks: Asks;
  readonly condition: string;
}

export interface WorkUser {
  readonly id: string;
  readonly directory: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly departments: readonly string[];
  readonly region: string;
}

export interface WorkResource {
  readonly type: "App" | "Stream" | "DataConnection";
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly departments: readonly string[];
  readonly region: string;
  readonly classification: string;
  /** Name of the app's stream; of a stream its own. */
  readonly stream?: string;
  readonly groupAccess: readonly string[];
}

/** A rule as Qlik has it. */
export type QlikRule = Omit<WorkRule, "asks">;

export interface Workload<Rule extends QlikRule = WorkRule> {
  readonly users: readonly WorkUser[];
  readonly resources: readonly WorkResource[];
  readonly rules: readonly Rule[];
}

export const workActions: readonly string[] = ["read", "update", "delete", "export", "publish", "exportdata"];

function guid(kind: number, index: number): string {
  return `bec0000${kind}-0000-4000-8000-${index.toString(16).padStart(12, "0")}`;
}

const directories = ["CORP", "TRADING"] as const;
const regions = ["NORTH", "SOUTH", "EAST", "WEST"] as const;
const classes = ["public", "internal", "confidential", "secret"] as const;
const roles = ["ContentAdmin", "AuditAdmin", "DeploymentAdmin"] as const;
const mostActions = ["read,update", "read", "read,export", "read,update,delete,export,publish,exportdata", "publish"];

/** Half of the choices fall on the first tenth. */
function skewed(dice: Dice, count: number): number {
  return dice.chance(0.5) ? dice.below(Math.ceil(count / 10)) : dice.below(count);
}

function several(dice: Dice, count: number, pick: () => string): readonly string[] {
  const found = new Set<string>();
  for (let tries = 0; found.size < count && tries < 4 * count; tries++) found.add(pick());
  return [...found];
}

function department(dice: Dice): string {
  return `Department ${dice.below(30)}`;
}

function userAt(index: number): WorkUser {
  const dice = diceOf(42, index);
  return {
    id: guid(1, index),
    directory: dice.pick(directories),
    name: `user${index}`,
    groups: several(dice, 8, () => `group${skewed(dice, 400)}`),
    roles: dice.chance(0.01) ? [dice.pick(roles)] : [],
    departments: several(dice, 1 + dice.below(2), () => department(dice)),
    region: dice.pick(regions),
  };
}

function resourceAt(index: number, users: number): WorkResource {
  const dice = diceOf(43, index);
  const type = index < 40 ? "Stream" : index < 911 ? "App" : "DataConnection";
  const stream = type === "Stream" ? index : dice.below(40);
  const access = diceOf(44, stream);
  return {
    type,
    id: guid(2, index),
    name: `${type} ${index}`,
    owner: guid(1, dice.below(users)),
    departments: several(dice, 1 + dice.below(2), () => department(dice)),
    region: dice.pick(regions),
    classification: dice.pick(classes),
    ...(type === "DataConnection" ? {} : { stream: `Stream ${stream}` }),
    groupAccess: type === "DataConnection" ? [] : several(access, 2, () => `group${access.below(400)}`),
  };
}

function conditionOf(asks: Asks): string {
  switch (asks.kind) {
    case "group-and-stream":
      return `user.group="${asks.group}" and resource.stream.name="${asks.stream}"`;
    case "group-access":
      return "user.group=resource.stream.@GroupAccess";
    case "owner":
      return "resource.owner=user";
    case "department":
      return "user.@Department=resource.@Department";
    case "region-and-directory":
      return `user.userDirectory="${asks.directory}" and user.@Region=resource.@Region`;
    case "role":
      return `user.roles="${asks.role}"`;
    case "group-and-class":
      return `user.group="${asks.group}" and resource.@Class="${asks.classification}"`;
    case "name-like":
      return `user.group="${asks.group}" and resource.name like "${asks.prefix}*"`;
    case "either-group":
      return `(user.group="${asks.groups[0]}" or user.group="${asks.groups[1]}") and resource.@Region="${asks.region}"`;
    case "department-not-region":
      return `user.@Department=resource.@Department and !(resource.@Region="${asks.region}")`;
  }
}

/** How many rules of each kind, as on a site whose streams are given to groups. */
const mix: readonly (readonly [count: number, make: (dice: Dice) => Asks])[] = [
  [45, (dice) => ({ kind: "group-and-stream", group: groupFrom(dice), stream: `Stream ${dice.below(40)}` })],
  [20, () => ({ kind: "group-access" })],
  [8, () => ({ kind: "owner" })],
  [8, () => ({ kind: "department" })],
  [6, (dice) => ({ kind: "region-and-directory", directory: dice.pick(directories) })],
  [8, (dice) => ({ kind: "role", role: dice.pick(roles) })],
  [20, (dice) => ({ kind: "group-and-class", group: groupFrom(dice), classification: dice.pick(classes) })],
  [15, (dice) => ({ kind: "name-like", group: groupFrom(dice), prefix: `App ${1 + dice.below(9)}` })],
  [12, (dice) => ({ kind: "either-group", groups: [groupFrom(dice), groupFrom(dice)], region: dice.pick(regions) })],
  [8, (dice) => ({ kind: "department-not-region", region: dice.pick(regions) })],
];

function groupFrom(dice: Dice): string {
  return `group${dice.below(400)}`;
}

/** Rules that link users and resources loosely are kept to one app or to few actions, so that some 3 % is granted. */
function ruleOf(asks: Asks, dice: Dice, apps: number): WorkRule {
  const wide =
    asks.kind === "department" || asks.kind === "region-and-directory" || asks.kind === "department-not-region";
  const filter = wide
    ? (`App_${guid(2, 40 + dice.below(apps))}` as const)
    : dice.pick<WorkRule["filter"]>(["App*", "App*", "App*", "Stream_*", "DataConnection_*", "*"]);
  return { filter, actions: dice.pick(["read", ...mostActions]).split(","), asks, condition: conditionOf(asks) };
}

/** The portable rule set: what every engine can say. */
export function workload(size: { readonly users: number; readonly resources: number }): Workload {
  const users = Array.from({ length: size.users }, (_, index) => userAt(index));
  const resources = Array.from({ length: size.resources }, (_, index) => resourceAt(index, size.users));
  const rules = mix.flatMap(([count, make], kind) =>
    Array.from({ length: count }, (_, index) => {
      const dice = diceOf(45 + kind, index);
      return ruleOf(make(dice), dice, Math.min(871, size.resources - 40));
    }),
  );
  return { users, resources, rules };
}

/** The same users and resources under 150 rules that each compare the user with the resource: nothing to prune by. */
export function correlated(work: Workload): Workload {
  const kinds = ["group-access", "department", "owner", "region-and-directory", "department-not-region"] as const;
  const rules = Array.from({ length: 150 }, (_, index): WorkRule => {
    const dice = diceOf(99, index);
    const kind = dice.pick(kinds);
    const asks: Asks =
      kind === "region-and-directory"
        ? { kind, directory: dice.pick(directories) }
        : kind === "department-not-region"
          ? { kind, region: dice.pick(regions) }
          : { kind };
    const filter = dice.pick<WorkRule["filter"]>(["App*", "App*", "DataConnection_*", "*"]);
    return { filter, actions: dice.pick(["read", ...mostActions]).split(","), asks, condition: conditionOf(asks) };
  });
  return { ...work, rules };
}

/** What only Qlik says: other rights, regular expressions, lists under `like`, functions. */
function beyond(dice: Dice, index: number): string {
  const group = `user.group="${groupFrom(dice)}"`;
  const conditions = [
    `resource.stream.HasPrivilege("read") and ${group}`,
    `!resource.stream.Empty() and resource.stream.HasPrivilege("publish") and ${group}`,
    `resource.name matches "App [0-9]*${dice.below(10)}" and ${group}`,
    `user.group like "group${10 + dice.below(30)}*" and resource.@Department like "Department ${1 + dice.below(2)}*"`,
    `(resource.@GroupAccess.Empty() or !resource.IsOwned()) and ${group}`,
  ];
  return conditions[index % conditions.length] ?? "";
}

/** The same with 15 of the rules for streams replaced by such. */
export function full(work: Workload): Workload<QlikRule> {
  const rules = work.rules.map((rule, index): QlikRule => {
    const dice = diceOf(98, index);
    const filter = dice.pick<WorkRule["filter"]>(["App*", "App*", "*"]);
    return index < 15 ? { ...rule, filter, condition: beyond(dice, index) } : rule;
  });
  return { ...work, rules };
}
