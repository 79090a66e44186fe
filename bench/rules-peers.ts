/** The portable rule set in the terms of other engines: CASL abilities and Cedar policies. */
import { AbilityBuilder, createMongoAbility, subject, type MongoAbility } from "@casl/ability";
import type { Asks, Workload, WorkResource, WorkRule, WorkUser } from "./rules-workload.ts";

type Conditions = { readonly [field: string]: unknown };

/** Whether the user's part of a rule holds; of those kinds that ask something of the user alone. */
function meantFor(asks: Asks, user: WorkUser): boolean {
  switch (asks.kind) {
    case "group-and-stream":
    case "group-and-class":
    case "name-like":
      return user.groups.includes(asks.group);
    case "either-group":
      return asks.groups.some((group) => user.groups.includes(group));
    case "region-and-directory":
      return user.directory === asks.directory;
    case "role":
      return user.roles.includes(asks.role);
    case "group-access":
    case "owner":
    case "department":
    case "department-not-region":
      return true;
  }
}

/** What is left to ask of resources once the user is known. */
function conditionsFor(asks: Asks, user: WorkUser): Conditions {
  switch (asks.kind) {
    case "group-and-stream":
      return { stream: asks.stream, type: "App" };
    case "group-access":
      return { groupAccess: { $in: user.groups }, type: "App" };
    case "owner":
      return { owner: user.id };
    case "department":
      return { departments: { $in: user.departments } };
    case "region-and-directory":
      return { region: user.region };
    case "role":
      return {};
    case "group-and-class":
      return { classification: asks.classification };
    case "name-like":
      return { name: { $regex: `^${asks.prefix}`, $options: "i" } };
    case "either-group":
      return { region: asks.region };
    case "department-not-region":
      return { departments: { $in: user.departments }, region: { $ne: asks.region } };
  }
}

function subjectsOf({ filter }: WorkRule): { readonly types: readonly WorkResource["type"][]; readonly id?: string } {
  if (filter === "App*") return { types: ["App"] };
  if (filter === "*") return { types: ["App", "Stream", "DataConnection"] };
  const [type = "", id = "*"] = filter.split("_");
  const types = (["App", "Stream", "DataConnection"] as const).filter((name) => name === type);
  return id === "*" ? { types } : { types, id };
}

/** One ability per user with the user's part folded in: the form CASL is fastest in. */
export function caslAbility({ rules }: Workload, user: WorkUser): MongoAbility {
  const { can, build } = new AbilityBuilder<MongoAbility>(createMongoAbility);
  for (const rule of rules) {
    if (!meantFor(rule.asks, user)) continue;
    const conditions = conditionsFor(rule.asks, user);
    const { types, id } = subjectsOf(rule);
    const all = id === undefined ? conditions : { ...conditions, id };
    for (const type of types) {
      if (Object.keys(all).length === 0) can([...rule.actions], type);
      else can([...rule.actions], type, all);
    }
  }
  return build();
}

/** A resource as CASL knows it. */
export function caslSubject(resource: WorkResource): object {
  return subject(resource.type, { ...resource });
}
