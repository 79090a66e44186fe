/** The portable rule set as Cedar policies, parsed once; asked with the two entities of each question. */
import { preparsePolicySet, statefulIsAuthorized, type EntityJson } from "@cedar-policy/cedar-wasm/nodejs";
import type { Asks, Workload, WorkResource, WorkRule, WorkUser } from "./rules-workload.ts";

const policies = "portable";

function text(value: string): string {
  return JSON.stringify(value);
}

function conditionOf(asks: Asks): string {
  switch (asks.kind) {
    case "group-and-stream":
      return `principal.groups.contains(${text(asks.group)}) && resource.kind == "App" && resource.stream == ${text(asks.stream)}`;
    case "group-access":
      return 'resource.kind == "App" && principal.groups.containsAny(resource.groupAccess)';
    case "owner":
      return "resource.owner == principal.id";
    case "department":
      return "principal.departments.containsAny(resource.departments)";
    case "region-and-directory":
      return `principal.directory == ${text(asks.directory)} && principal.region == resource.region`;
    case "role":
      return `principal.roles.contains(${text(asks.role)})`;
    case "group-and-class":
      return `principal.groups.contains(${text(asks.group)}) && resource.classification == ${text(asks.classification)}`;
    case "name-like":
      return `principal.groups.contains(${text(asks.group)}) && resource.name like ${text(`${asks.prefix}*`)}`;
    case "either-group":
      return `principal.groups.containsAny([${asks.groups.map(text).join(", ")}]) && resource.region == ${text(asks.region)}`;
    case "department-not-region":
      return `principal.departments.containsAny(resource.departments) && !(resource.region == ${text(asks.region)})`;
  }
}

function reachOf({ filter }: WorkRule): string {
  if (filter === "*") return "true";
  if (filter === "App*") return 'resource.kind == "App"';
  const [kind = "", id = "*"] = filter.split("_");
  return id === "*" ? `resource.kind == ${text(kind)}` : `resource.id == ${text(id)}`;
}

function policyOf(rule: WorkRule): string {
  const actions = rule.actions.map((action) => `Action::${text(action)}`).join(", ");
  return `permit(principal, action in [${actions}], resource) when { (${reachOf(rule)}) && (${conditionOf(rule.asks)}) };`;
}

function userEntity(user: WorkUser): EntityJson {
  const { groups, roles, departments, directory, region, id } = user;
  const attrs = { id, directory, region, groups: [...groups], roles: [...roles], departments: [...departments] };
  return { uid: { type: "User", id }, attrs, parents: [] };
}

function resourceEntity(resource: WorkResource): EntityJson {
  const { id, type, name, owner, region, classification, stream = "" } = resource;
  const attrs = {
    id,
    kind: type,
    name,
    owner,
    region,
    classification,
    stream,
    groupAccess: [...resource.groupAccess],
    departments: [...resource.departments],
  };
  return { uid: { type: "Resource", id }, attrs, parents: [] };
}

/** Decisions by numbers of user and resource and the name of the action. Throws what Cedar says of a policy. */
export function cedarOf({
  users,
  resources,
  rules,
}: Workload): (user: number, resource: number, action: string) => boolean {
  const parsed = preparsePolicySet(policies, { staticPolicies: rules.map(policyOf).join("\n") });
  if (parsed.type !== "success") throw new Error(JSON.stringify(parsed.errors));
  const people = users.map(userEntity);
  const things = resources.map(resourceEntity);
  return (user, resource, action) => {
    const [principal, thing] = [people[user], things[resource]];
    if (principal === undefined || thing === undefined) throw new RangeError("no such user or resource");
    const answer = statefulIsAuthorized({
      principal: principal.uid,
      action: { type: "Action", id: action },
      resource: thing.uid,
      context: {},
      preparsedPolicySetId: policies,
      entities: [principal, thing],
    });
    if (answer.type !== "success") throw new Error(JSON.stringify(answer.errors));
    return answer.response.decision === "allow";
  };
}
