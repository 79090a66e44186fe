/** Findings that take the site's own users, values and things to see. */
import type { Entity, Json, Principal } from "../../contract/types.ts";
import { decide } from "../../reference/rules/spec.ts";
import { resolve } from "../../reference/rules/paths.ts";
import { sceneWithout } from "../../reference/rules/matrix-values.ts";
import { entitiesOf, resourceKey } from "../../reference/rules/resources.ts";
import type { Path } from "../../languages/rule-condition/ast.ts";
import type { Literal } from "./clauses.ts";
import { actionsOf } from "./firing.ts";
import { pathsOf, userTestOf, type Reading } from "./reading.ts";
import type { RuleSet, Unasked } from "./finding.ts";

function member(path: readonly string[], value: string): Principal {
  const groups = path[0]?.toLowerCase() === "group" ? [value] : [];
  const attributes = groups.length > 0 || path[0] === undefined ? {} : { [path[0]]: [value] };
  return { directory: "MADE", id: "member", groups, attributes, session: {} };
}

interface Constant {
  readonly path: readonly string[];
  readonly value: string;
}

/** `user.group = "…"`: a group the rule speaks of by name. */
function constantOf({ atom, negated }: Literal): readonly Constant[] {
  if (negated || atom.kind !== "comparison" || (atom.operator !== "=" && atom.operator !== "==")) return [];
  const { left, right } = atom;
  if (left.kind !== "path" || left.root !== "user" || right.kind !== "text") return [];
  return left.segments[0]?.toLowerCase() === "group" ? [{ path: left.segments, value: right.value }] : [];
}

/** A group named beside HasPrivilege whose members, with nothing else, reach nothing the site has. */
function notEnough({ site, policy }: RuleSet, { rule, clauses }: Reading): readonly Unasked[] {
  const constants = clauses
    .filter((clause) => clause.some((literal) => userTestOf(literal) === "privilege"))
    .flatMap((clause) => clause.flatMap(constantOf));
  // Without things to reach, nothing can be said of who reaches them.
  if (rule.uses.some(({ atom }) => entitiesOf(site, typeAsked(atom.on)).length === 0)) return [];
  const names = [...new Map(constants.map((one) => [one.value, one])).values()].filter(({ path, value }) => {
    const as = member(path, value);
    return rule.uses.every(
      ({ atom }) => !reachesAny({ site, policy }, as, { path: atom.on, action: atom.argument ?? "read" }),
    );
  });
  if (names.length === 0) return [];
  const text = `being in ${names.map(({ value }) => value).join(" or ")} is not enough: the rule also needs a right that group alone has nowhere on this site`;
  return [{ kind: "group-not-enough", weight: "nothing", rule: rule.name, requirement: "SR-471", text }];
}

function typeAsked({ segments }: Path): string {
  return segments.at(-1)?.toLowerCase() === "stream" ? "Stream" : "App";
}

/** Whether somebody holds an action on anything of the type a path leads to. */
function reachesAny(
  { site, policy }: Pick<RuleSet, "site" | "policy">,
  as: Principal,
  { path, action }: { readonly path: Path; readonly action: string },
): boolean {
  const type = typeAsked(path);
  return entitiesOf(site, type).some(({ id }) =>
    (["hub", "qmc"] as const).some(
      (context) => decide(policy, { as, resource: { type, id }, action, context }).allowed,
    ),
  );
}

function nameOf(entity: Entity): string {
  const { name } = entity as { readonly name?: Json };
  return typeof name === "string" ? name : entity.id;
}

/** Values of a property of the resource that the rule compares with the user's, by type. */
function linkedValues(
  { site, policy }: RuleSet,
  path: Path,
  types: readonly string[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  return new Map(
    types.map((type) => {
      const values = new Map<string, string>();
      for (const entity of entitiesOf(site, type)) {
        const resource = policy.index.byKey.get(resourceKey(type, entity.id));
        const items = resource === undefined ? [] : resolve(path, sceneWithout(policy, resource)).items;
        for (const item of items) if (typeof item === "string") values.set(item, nameOf(entity));
      }
      return [type, values];
    }),
  );
}

/** Who is let at some types by a value that no stream carries sees things of a place he cannot enter. */
function lonelyValues(set: RuleSet, reading: Reading): readonly Unasked[] {
  const { rule, types, clauses } = reading;
  if (!types.includes("Stream") || !actionsOf(rule).includes("read")) return [];
  const linked = clauses.flat().filter((literal) => userTestOf(literal) === "linked" && !literal.negated);
  const paths = linked.flatMap((literal) =>
    pathsOf(literal).filter(({ root, segments }) => root === "resource" && segments.length === 1),
  );
  return paths.flatMap((path): Unasked[] => {
    const byType = linkedValues(set, path, types);
    const streams = byType.get("Stream") ?? new Map<string, string>();
    const others = [...byType]
      .filter(([type]) => type !== "Stream")
      .flatMap(([type, values]) => [...values].map(([value, name]) => ({ type, value, name })));
    const lonely = others.filter(({ value }) => !streams.has(value));
    if (streams.size === 0 || lonely.length === 0) return [];
    const told = lonely.map(({ type, value, name }) => `${value} (${type} ${name})`).join(", ");
    const text = `${path.segments.join(".")} gives no stream to ${told}: its members see these things and no stream`;
    return [{ kind: "value-on-some-types-only", weight: "unclear", rule: rule.name, requirement: "SR-408", text }];
  });
}

function mappedAttributes(entities: readonly Entity[]): ReadonlySet<string> {
  const names = entities.flatMap((proxy) =>
    ["jwtAttributeMap", "samlAttributeMap", "oidcAttributeMap"].flatMap((key) => {
      const list = proxy[key];
      return Array.isArray(list) ? list.flatMap((item: Json) => mappedName(item)) : [];
    }),
  );
  return new Set(names.map((name) => name.toLowerCase()));
}

function mappedName(item: Json): readonly string[] {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return [];
  const { senseAttribute } = item as { readonly senseAttribute?: Json };
  return typeof senseAttribute === "string" ? [senseAttribute] : [];
}

function attributeNames(users: readonly Entity[]): ReadonlySet<string> {
  const names = users.flatMap((user) => {
    const { attributes } = user as { readonly attributes?: Json };
    return Array.isArray(attributes) ? attributes.flatMap((item: Json) => attributeType(item)) : [];
  });
  return new Set(names.map((name) => name.toLowerCase()));
}

function attributeType(item: Json): readonly string[] {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return [];
  const { attributeType: type } = item as { readonly attributeType?: Json };
  return typeof type === "string" ? [type] : [];
}

/** SR-404: what only a session brings stands under `user.environment`. */
function sessionOnly({ site }: RuleSet, { rule, clauses }: Reading): readonly Unasked[] {
  const mapped = mappedAttributes(site.entities["VirtualProxyConfig"] ?? []);
  const known = attributeNames(site.entities["User"] ?? []);
  const names = clauses.flat().flatMap((literal) =>
    pathsOf(literal).flatMap(({ root, segments }) => {
      const [name] = segments;
      if (root !== "user" || name === undefined || segments.length > 1) return [];
      return mapped.has(name.toLowerCase()) && !known.has(name.toLowerCase()) ? [name] : [];
    }),
  );
  return [...new Set(names)].map((name): Unasked => {
    const text = `no user has ${name} from the directory; a virtual proxy brings it with the session: ask user.environment.${name}`;
    return { kind: "session-only-attribute", weight: "nothing", rule: rule.name, requirement: "SR-404", text };
  });
}

export function aboutSite(set: RuleSet, reading: Reading): readonly Unasked[] {
  return [...notEnough(set, reading), ...lonelyValues(set, reading), ...sessionOnly(set, reading)];
}
