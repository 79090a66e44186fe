/** What a site already holds may grant more than a case expects: the oracle for open worlds. */
import { dialectOf } from "../catalogue/dialects.ts";
import type { Ask, Case, Entity, Expected, Principal, Site } from "../contract/types.ts";
import { deskFor, expectationOf, type Desk } from "./answer.ts";
import { recordsAt, textAt } from "./impersonation/site-entities.ts";
import { needsWire } from "./life-cycle/steps.ts";
import { decide } from "./rules/spec.ts";

function merged(site: Site, ambient: Site): Site {
  const types = new Set([...Object.keys(site.entities), ...Object.keys(ambient.entities)]);
  const entities = [...types].map((type) => [
    type,
    [...(ambient.entities[type] ?? []), ...(site.entities[type] ?? [])],
  ]);
  return { ...site, entities: Object.fromEntries(entities), apps: { ...ambient.apps, ...site.apps } };
}

function principalOf(user: Entity): Principal {
  const attributes = recordsAt(user, "attributes").map((one) => [
    textAt(one, "attributeType"),
    textAt(one, "attributeValue"),
  ]);
  const groups = attributes.flatMap(([type, value]) => (type === "group" ? [value ?? ""] : []));
  return { directory: textAt(user, "userDirectory"), id: textAt(user, "userId"), groups, attributes: {}, session: {} };
}

const actions = ["read", "update", "delete", "export", "publish", "changeowner"] as const;

/** Who may do what to the entities of the case, as text: two worlds with the same text answer the wire alike. */
function rightsIn(desk: Desk, site: Site): string {
  const policy = desk.policy();
  const users = (site.entities["User"] ?? []).map(principalOf);
  const things = Object.entries(site.entities).flatMap(([type, all]) => all.map(({ id }) => ({ type, id })));
  const would = Object.keys(site.entities).map((type) => ({ type, wouldBe: { id: "", name: "" } }));
  const asked = [
    ...things.flatMap((resource) => actions.map((action) => ({ resource, action }))),
    ...would.map((resource) => ({ resource, action: "create" })),
  ];
  const contexts = ["hub", "qmc"] as const;
  return users
    .flatMap((as) =>
      contexts.flatMap((context) =>
        asked.map(({ resource, action }) => (decide(policy, { as, resource, action, context }).allowed ? "1" : "0")),
      ),
    )
    .join("");
}

interface World {
  readonly desk: Desk;
  sameRights?: boolean;
}

/** Frames and statuses stand as written where what is there already gives nobody of the case another right. */
function asWritten(world: World, of: Site, ask: Ask, dialect: Desk["dialect"]): Expected | undefined {
  world.sameRights ??= rightsIn(world.desk, of) === rightsIn(deskFor(of, dialect), of);
  return world.sameRights ? ask.expected : undefined;
}

/** What is expected over case ∪ ambient, for open worlds; undefined where the reference cannot tell. */
export function ambientOracle(
  dialectName: string,
): (of: Case, ambient: Site, ask: Case["asks"][number]) => Expected | undefined {
  const dialect = dialectOf(dialectName);
  const worlds = new WeakMap<Site, World>();
  return (of, ambient, ask) => {
    const site = of.sites[ask.at ?? "main"];
    if (site === undefined) return undefined;
    const world = worlds.get(site) ?? { desk: deskFor(merged(site, ambient), dialect) };
    worlds.set(site, world);
    return needsWire(ask.probe) ? asWritten(world, site, ask, dialect) : expectationOf(world.desk, ask.probe);
  };
}
