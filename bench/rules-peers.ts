/** The portable rule set in the terms of other engines: CASL abilities and Cedar policies. */
import { AbilityBuilder, createMongoAbility, subject, type MongoAbility } from "@casl/ability";
import type { Asks, Workload, WorkResource, WorkRule, WorkUser } from "./rules-workload.ts";

type Conditions = { readonly [field: string]: unknown };

/** What a rule asks of resources once the user is known; undefined: nothing this user could have. */
function conditionsFor(asks: Asks, user: WorkUser): Conditions | undefined {
  switch (asks.kind) {
    case "group-and-stream":
      return user.groups.includes(asks.group) ? { stream: asks.stream, type: "App" } : undefined;
    case "group-access":
      return { groupAccess: { $in: user.groups }, type: "App" };
    case "owner":
      return { owner: user.id };
    case "department":
      return { departments: { $in: user.departments } };
    case "region-and-directory":
      return user.directory === asks.directory ? { region: user.region } : undefined;
    case "role":
      return user.roles.includes(asks.role) ? {} : undefined;
    case "group-and-class":
      return user.groups.includes(asks.group) ? { classification: asks.classification } : undefined;
    case "name-like":
      return user.groups.includes(asks.group) ? { name: { $regex: `^${asks.prefix}`, $options: "i" } } : undefined;
    case "either-group":
      return asks.groups.some((group) => user.groups.includes(group)) ? { region: asks.region } : undefined;
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
    const conditions = conditionsFor(rule.asks, user);
    if (conditions === undefined) continue;
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
