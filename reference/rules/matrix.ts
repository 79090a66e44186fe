/**
 * Access decisions for many users and resources at once: what `spec.ts` says cell by cell, computed on whole rows of
 * resources as sets. It shares with `spec.ts` how a path is looked up and how two values compare; how rules, filters,
 * junctions and HasPrivilege come together is done anew, and both must give equal matrices.
 */
import type { Principal, RequestContext, ResourceRef } from "../../contract/types.ts";
import type { ActionName } from "./actions.ts";
import { bitsInBoth, hasBit, setBit } from "./matrix-bits.ts";
import { askingHolders, Filler, type Circle, type Rows } from "./matrix-fill.ts";
import { peopleOf } from "./matrix-people.ts";
import { Person } from "./matrix-person.ts";
import { planRules, type PlannedRules } from "./matrix-plan.ts";
import { stagesOf, type Stage } from "./matrix-stages.ts";
import { universeOf, type Universe } from "./matrix-universe.ts";
import type { Scene } from "./paths.ts";
import type { Policy } from "./policy.ts";
import { rulingsOn } from "./privileges.ts";
import { isOwnedType } from "./resource-types.ts";
import type { Resource } from "./resources.ts";
import { decide, resourceOf } from "./spec.ts";
import { subjectOf } from "./subject.ts";

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

const nothing: Resource = { type: "", id: "", fields: {} };

/** SR-473: rights that depend on each other in a circle are settled one by one. */
function circleOf(policy: Policy, universe: Universe): Circle {
  return ({ cells }, rows, subject) => {
    for (const { range, action } of cells) {
      const row = rows.get(action);
      if (row === undefined) continue;
      for (const [at, resource] of universe.resources.slice(range.from * 32, range.to * 32).entries()) {
        if (resource === undefined) continue;
        const rulings = rulingsOn(policy, subject, { resource, action });
        if (rulings.some((ruling) => "truth" in ruling && ruling.truth.holds)) setBit(row, range.from * 32 + at);
      }
    }
  };
}

/** SR-502: a would-be resource that names no owner is owned by whoever asks, so it is another one for each user. */
function dependsOnUser(ref: ResourceRef): boolean {
  if (!("wouldBe" in ref) || !isOwnedType(ref.type)) return false;
  return ref.wouldBe["owner"] === undefined || ref.wouldBe["owner"] === null;
}

/** In place of a bit: the site holds no such resource, or `spec.ts` is asked. */
const nowhere = -1;
const bySpec = -2;

interface Seating {
  /** By resource: its bit, `nowhere` or `bySpec`. */
  readonly seats: Int32Array;
  /** The bits asked about, where each resource has one of its own. */
  readonly mask?: Int32Array;
  readonly universe: Universe;
}

function seatingOf(policy: Policy, refs: readonly ResourceRef[], context: RequestContext): Seating {
  const nobody = { directory: "", id: "", groups: [], attributes: {}, session: {} };
  const subject = subjectOf(policy.index, nobody, context);
  const found = refs.map((ref) => (dependsOnUser(ref) ? undefined : resourceOf(policy, subject, ref)));
  const universe = universeOf(
    policy,
    found.filter((resource) => resource !== undefined),
  );
  const seats = new Int32Array(refs.length);
  const mask = new Int32Array(universe.size);
  let alone = true;
  for (let at = 0; at < seats.length; at++) {
    const [ref, resource] = [refs[at], found[at]];
    const bit = resource === undefined ? undefined : universe.bitOf(resource);
    seats[at] = bit ?? (ref !== undefined && dependsOnUser(ref) ? bySpec : nowhere);
    if (bit === undefined || hasBit(mask, bit)) alone = false;
    else setBit(mask, bit);
  }
  return alone ? { seats, universe, mask } : { seats, universe };
}

/** The rules made ready for one set of resources, for whoever wants more than rows. */
export interface Ready {
  readonly planned: PlannedRules;
  readonly personOf: (user: Principal) => Person;
  /** Valid until the next user's rows are asked for. */
  readonly rowsOf: (user: Principal) => Rows;
  /** By atom of HasPrivilege, the resources that ask about one on which the user holds the action. */
  readonly privilegesOf: (user: Principal) => readonly Int32Array[];
  /** The bit of a resource, or who answers for it. */
  readonly seatOf: (resource: number, action: ActionName) => number | "nowhere" | "spec";
  readonly bySpec: (user: Principal, resource: number, action: ActionName) => readonly string[];
  readonly seating: Seating;
}

/** Whether a circle of rights decides about the resource under this action. */
function isCircular(stages: readonly Stage[], bit: number, action: ActionName): boolean {
  return stages.some(
    (stage) =>
      stage.kind === "circle" &&
      stage.cells.some(
        ({ range, action: asked }) => asked === action && bit >>> 5 >= range.from && bit >>> 5 < range.to,
      ),
  );
}

export function axesReady(policy: Policy, axes: MatrixAxes): Ready {
  const { index, dialect, patterns } = policy;
  const seating = seatingOf(policy, axes.resources, axes.context);
  const { universe } = seating;
  const planned = planRules(policy, universe, axes.context);
  const stages = stagesOf(planned, universe);
  const people = peopleOf(planned.atoms, policy, universe.size);
  const actions = [...new Set([...axes.actions, ...planned.atoms.privileges.map(({ action }) => action)])];
  const sceneOf = (user: Principal): Scene => {
    const subject = subjectOf(index, user, axes.context);
    return { index, dialect, patterns, subject, resource: nothing };
  };
  let filler: Filler | undefined;
  let passing: Person | undefined;
  const rowsOf = (user: Principal): Rows => {
    const scene = sceneOf(user);
    filler ??= new Filler(planned, stages, universe.size, { actions, circle: circleOf(policy, universe) });
    if (passing === undefined) passing = new Person(people, scene);
    else passing.become(scene);
    return filler.rowsOf(passing, scene.subject);
  };
  return {
    planned,
    seating,
    personOf: (user) => new Person(people, sceneOf(user)),
    rowsOf,
    privilegesOf: (user) => {
      const rows = rowsOf(user);
      return planned.atoms.privileges.map((atom) => askingHolders(atom, rows, universe.size));
    },
    seatOf: (resource, action) => {
      const seat = seating.seats[resource] ?? nowhere;
      if (seat < 0) return seat === bySpec ? "spec" : "nowhere";
      return isCircular(stages, seat, action) ? "spec" : seat;
    },
    bySpec: (as, resource, action) => {
      const ref = axes.resources[resource];
      return ref === undefined ? [] : decide(policy, { as, resource: ref, action, context: axes.context }).rules;
    },
  };
}

/** The rows of one user as cells. */
class Cells implements UserRow {
  readonly #ready: Ready;
  readonly #user: Principal;
  readonly #rows: Rows;

  constructor(ready: Ready, user: Principal) {
    this.#ready = ready;
    this.#user = user;
    this.#rows = ready.rowsOf(user);
  }

  allows(resource: number, action: ActionName): boolean {
    const seat = this.#ready.seating.seats[resource] ?? nowhere;
    const row = this.#rows.get(action);
    if (seat >= 0) return row !== undefined && hasBit(row, seat);
    return seat === bySpec && this.#ready.bySpec(this.#user, resource, action).length > 0;
  }

  allowed(action: ActionName): readonly number[] {
    return [...this.#ready.seating.seats.keys()].filter((resource) => this.allows(resource, action));
  }

  count(action: ActionName): number {
    const { mask } = this.#ready.seating;
    const row = this.#rows.get(action);
    return row === undefined || mask === undefined ? this.allowed(action).length : bitsInBoth(row, mask);
  }
}

/**
 * Makes the rules ready for one set of resources. Of each user it tells which of them he may do what to. A resource the
 * site does not hold is denied to everybody (SR-108). Would-be resources without owner, and rights that depend on one
 * another in a circle, are right as well but slow: `spec.ts` is asked.
 */
export function matrixOf(policy: Policy, axes: MatrixAxes): Matrix {
  const ready = axesReady(policy, axes);
  return { rowOf: (user) => new Cells(ready, user) };
}
