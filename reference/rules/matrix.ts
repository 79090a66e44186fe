/**
 * Access decisions for many users and resources at once: what `spec.ts` says cell by cell, computed on whole rows of
 * resources as sets. It shares with `spec.ts` how a path is looked up and how two values compare; how rules, filters,
 * junctions and HasPrivilege come together is done anew, and both must give equal matrices.
 */
import type { Principal, RequestContext, ResourceRef } from "../../contract/types.ts";
import type { ActionName } from "./actions.ts";
import { hasBit, setBit } from "./matrix-bits.ts";
import { Filler, type Circle, type Rows } from "./matrix-fill.ts";
import { peopleOf, Person, type People } from "./matrix-person.ts";
import { planRules, type PlannedRules } from "./matrix-plan.ts";
import { stagesOf, type Stage } from "./matrix-stages.ts";
import { universeOf, type Universe } from "./matrix-universe.ts";
import type { Policy } from "./policy.ts";
import { rulingsOn } from "./privileges.ts";
import { isOwnedType } from "./resource-types.ts";
import type { Resource } from "./resources.ts";
import { decide, resourceOf } from "./spec.ts";
import { subjectOf, type Subject } from "./subject.ts";

/** The axes of a matrix but for its users, who are handed in one after the other. */
export interface MatrixAxes {
  /** What is asked about. A would-be resource names its owner, or is owned by nobody; see {@link matrixOf}. */
  readonly resources: readonly ResourceRef[];
  readonly actions: readonly ActionName[];
  readonly context: RequestContext;
}

/** One user's cells. Valid until the next user is asked for. */
export interface UserRow {
  readonly allows: (resource: number, action: ActionName) => boolean;
  /** Numbers of the resources, in rising order. */
  readonly allowed: (action: ActionName) => readonly number[];
  /** How many resources. */
  readonly count: (action: ActionName) => number;
}

export interface Matrix {
  readonly rowOf: (user: Principal) => UserRow;
}

interface Prepared {
  readonly policy: Policy;
  readonly universe: Universe;
  readonly planned: PlannedRules;
  readonly stages: readonly Stage[];
  readonly people: People;
}

/** SR-473: rights that depend on each other in a circle are settled one by one. */
function circleOf({ policy, universe }: Prepared, subject: () => Subject): Circle {
  return ({ cells }, rows) => {
    for (const { range, action } of cells) {
      const row = rows.get(action);
      if (row === undefined) continue;
      for (let bit = range.from * 32; bit < range.to * 32; bit++) {
        const resource = universe.resources[bit];
        if (resource === undefined) continue;
        const rulings = rulingsOn(policy, subject(), { resource, action });
        if (rulings.some((ruling) => "truth" in ruling && ruling.truth.holds)) setBit(row, bit);
      }
    }
  };
}

/** Where the answer about a resource stands. */
type Seat = { readonly at: "bit"; readonly bit: number } | { readonly at: "nowhere" } | { readonly at: "spec" };

/** SR-502: a would-be resource that names no owner is owned by whoever asks, so it is another one for each user. */
function dependsOnUser(ref: ResourceRef): boolean {
  if (!("wouldBe" in ref) || !isOwnedType(ref.type)) return false;
  return ref.wouldBe["owner"] === undefined || ref.wouldBe["owner"] === null;
}

interface Seating {
  readonly seats: readonly Seat[];
  readonly universe: Universe;
}

function seatingOf(policy: Policy, refs: readonly ResourceRef[], context: RequestContext): Seating {
  const nobody = { directory: "", id: "", groups: [], attributes: {}, session: {} };
  const subject = subjectOf(policy.index, nobody, context);
  const found = refs.map((ref) => (dependsOnUser(ref) ? "spec" : resourceOf(policy, subject, ref)));
  const universe = universeOf(
    policy,
    found.flatMap((resource) => (resource === undefined || resource === "spec" ? [] : [resource])),
  );
  const seats = found.map((resource): Seat => {
    if (resource === "spec") return { at: "spec" };
    const bit = resource === undefined ? undefined : universe.bitOf(resource);
    return bit === undefined ? { at: "nowhere" } : { at: "bit", bit };
  });
  return { seats, universe };
}

/**
 * Makes the rules ready for one set of resources. Of each user it tells which of them he may do what to. A resource the
 * site does not hold is denied to everybody (SR-108). Would-be resources without owner, and rights that depend on one
 * another in a circle, are right as well but slow: `spec.ts` is asked.
 */
export function matrixOf(policy: Policy, axes: MatrixAxes): Matrix {
  const { seats, universe } = seatingOf(policy, axes.resources, axes.context);
  const planned = planRules(policy, universe, axes.context);
  const prepared: Prepared = {
    policy,
    universe,
    planned,
    stages: stagesOf(planned, universe),
    people: peopleOf(planned.atoms),
  };
  const asked = planned.atoms.privileges.map(({ action }) => action);
  const actions = [...new Set([...axes.actions, ...asked])];
  let subject = subjectOf(
    policy.index,
    { directory: "", id: "", groups: [], attributes: {}, session: {} },
    axes.context,
  );
  const filler = new Filler(planned, prepared.stages, universe.size, {
    actions,
    circle: circleOf(prepared, () => subject),
  });
  const { index, dialect, patterns } = policy;
  const nothing: Resource = { type: "", id: "", fields: {} };
  return {
    rowOf: (user) => {
      subject = subjectOf(index, user, axes.context);
      const scene = { index, dialect, patterns, subject, resource: nothing };
      const rows = filler.fill(new Person(scene, prepared.people, planned.atoms, universe.size));
      return rowOver(seats, rows, (resource, action) => {
        const ref = axes.resources[resource];
        if (ref === undefined) return false;
        return decide(policy, { as: user, resource: ref, action, context: axes.context }).allowed;
      });
    },
  };
}

function rowOver(
  seats: readonly Seat[],
  rows: Rows,
  bySpec: (resource: number, action: ActionName) => boolean,
): UserRow {
  const allows = (resource: number, action: ActionName): boolean => {
    const seat = seats[resource];
    const row = rows.get(action);
    if (seat?.at === "bit") return row !== undefined && hasBit(row, seat.bit);
    return seat?.at === "spec" && bySpec(resource, action);
  };
  const allowed = (action: ActionName): readonly number[] =>
    [...seats.keys()].filter((resource) => allows(resource, action));
  return { allows, allowed, count: (action) => allowed(action).length };
}
