/** Two rule sets compared question by question, with the specification alone. */
import assert from "node:assert/strict";
import type { Comparison, Difference } from "../../../analysis/rules/against.ts";
import type { Witness } from "../../../analysis/rules/witness.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Entity, Principal, ResourceRef, Site } from "../../../contract/types.ts";
import { actionBits } from "../../../reference/rules/actions.ts";
import { indexResources } from "../../../reference/rules/resources.ts";
import { decide, policyOf, type Policy } from "../../../reference/rules/spec.ts";
import { rulesOf, withRules } from "./customer-lessons.ts";

const dialect = dialectOf("documented");

const contexts = ["hub", "qmc"] as const;

interface Thing {
  readonly resource: ResourceRef;
  /** As it is told, without the id of what is new. */
  readonly told: string;
}

/** Fields the site gives a new thing, or who makes it. */
const notGiven: ReadonlySet<string> = new Set([
  "id",
  "owner",
  "createdDate",
  "modifiedDate",
  "modifiedByUserName",
  "privileges",
  "schemaPath",
]);

function newLike(type: string, one: Entity): Thing {
  const fields = Object.fromEntries(Object.entries(one).filter(([name]) => !notGiven.has(name)));
  return { resource: { type, wouldBe: { ...fields, id: "new" } }, told: `new ${type} ${JSON.stringify(fields)}` };
}

/** A resource, or one to be created, in a text; ids of what is new say nothing. */
export function toldOf(ref: ResourceRef): string {
  if ("id" in ref) return `${ref.type}_${ref.id}`;
  const { id: _id, ...fields } = ref.wouldBe;
  return `new ${ref.type} ${JSON.stringify(fields)}`;
}

/** The pages of the QMC that filters name. */
function pagesOf(rules: readonly Entity[]): readonly string[] {
  const items = rules.flatMap(({ resourceFilter }) =>
    typeof resourceFilter === "string" ? resourceFilter.split(",").map((item) => item.trim()) : [],
  );
  return [...new Set(items.filter((item) => /^QmcSection_[\w.]+$/.test(item)))];
}

/** What each action is asked about: what there is and the pages; for create, things like those there are. */
function thingsFor(site: Site, rules: readonly Entity[], action: string): readonly Thing[] {
  const own = Object.entries(site.entities).filter(([type]) => type !== "SystemRule");
  if (action === "create") return own.flatMap(([type, entities]) => entities.map((one) => newLike(type, one)));
  const refs = [
    ...own.flatMap(([type, entities]) => entities.map(({ id }) => ({ type, id }))),
    ...pagesOf(rules).map((id) => ({ type: "TransientObject", id })),
  ];
  return refs.map((resource) => ({ resource, told: toldOf(resource) }));
}

interface Change {
  /** Type, action and context. */
  readonly kind: string;
  readonly gains: boolean;
  /** Who gains or loses what. */
  readonly told: string;
}

/** Every question about the site's things, asked of the specification under both rule sets: those answered in two ways. */
export function bruteForce(site: Site, other: readonly Entity[], people: readonly Principal[]): readonly Change[] {
  const { before, after } = sidesOf(site, other);
  const rules = [...rulesOf(site), ...other];
  const questions = Object.keys(actionBits).flatMap((action) =>
    thingsFor(site, rules, action).flatMap(({ resource, told }) =>
      contexts.flatMap((context) => people.map((as) => ({ told, question: { as, resource, action, context } }))),
    ),
  );
  return questions.flatMap(({ told, question }): readonly Change[] => {
    const [was, is] = [decide(before, question).allowed, decide(after, question).allowed];
    if (was === is) return [];
    const { as, resource, action, context } = question;
    const how = `${as.directory}\\${as.id} ${is ? "gains" : "loses"} ${action} ${told} ${context}`;
    return [{ kind: `${resource.type} ${action} ${context}`, gains: is, told: how }];
  });
}

export function changesOf({ people }: Comparison): readonly string[] {
  return people
    .flatMap(({ user: { directory, id }, change, action, resources, context }) =>
      resources.map((resource) => `${directory}\\${id} ${change} ${action} ${toldOf(resource)} ${context}`),
    )
    .toSorted();
}

const shownBy: { readonly [relation in Difference["relation"]]: readonly [gained: boolean, lost: boolean] } = {
  equal: [false, false],
  wider: [true, false],
  narrower: [false, true],
  incomparable: [true, true],
};

interface Sides {
  readonly before: Policy;
  readonly after: Policy;
}

function sidesOf(site: Site, other: readonly Entity[]): Sides {
  return { before: policyOf(site, dialect), after: policyOf(withRules(site, other), dialect) };
}

/** A witness really shows it: decided again, by the specification, on the site it is told on. */
function assertShows(sides: Sides, witness: Witness, gains: boolean): void {
  const { user: as, resource, action, context, site } = witness;
  const index = indexResources(site);
  const question = { as, resource, action, context };
  const was = decide({ ...sides.before, index }, question).allowed;
  const is = decide({ ...sides.after, index }, question).allowed;
  assert.deepEqual([was, is], [!gains, gains], `${action} ${resource.type}`);
}

/** What is gained, or lost, of one kind is shown on the site exactly where brute force finds it there. */
function assertSide(sides: Sides, witness: Witness | undefined, onSite: boolean, gains: boolean): void {
  assert.equal(witness?.existing ?? false, onSite);
  if (witness !== undefined) assertShows(sides, witness, gains);
}

/** Relations are what their witnesses show. Returns how many witnesses are made up. */
export function assertExact(
  site: Site,
  other: readonly Entity[],
  { differences }: Comparison,
  changes: readonly Change[],
): number {
  const sides = sidesOf(site, other);
  const found = new Set(changes.map(({ kind, gains }) => `${kind} ${gains}`));
  const told = new Set<string>();
  for (const { type, action, context, relation, sameRules, gained, lost } of differences) {
    const kind = `${type} ${action} ${context}`;
    told.add(kind);
    assert.deepEqual([gained !== undefined, lost !== undefined], shownBy[relation], kind);
    assertSide(sides, gained, found.has(`${kind} true`), true);
    assertSide(sides, lost, found.has(`${kind} false`), false);
    if (sameRules) assert.equal(relation, "equal", kind);
  }
  for (const { kind } of changes) assert.ok(told.has(kind), `${kind} is not told`);
  return differences.flatMap(({ gained, lost }) => [gained, lost]).filter((one) => one?.existing === false).length;
}
