/** Values put where a path finds them: on who asks, on what is asked about, or along the way from it. */
import type { PersonDraft, ThingDraft, Values } from "./drafts.ts";
import type { Place } from "./places.ts";

/** Who is asked about, on what. */
export interface Cast {
  readonly asker: PersonDraft;
  readonly thing: ThingDraft;
  /** Owners along the way, neither of them the asker. */
  readonly owners: readonly [PersonDraft, PersonDraft];
}

function follow(thing: ThingDraft, steps: Place["steps"]): ThingDraft | PersonDraft | undefined {
  let at: ThingDraft | PersonDraft | null | undefined = thing;
  for (const step of steps) {
    if (at === null || at === undefined || !("type" in at)) return undefined;
    at = step === "owner" ? at.owner : at.parent;
  }
  return at ?? undefined;
}

/** Takes away the last link of the way: there is none (`undefined`), or it leads nowhere (`null`). */
function cut(thing: ThingDraft, steps: Place["steps"], to: null | undefined): void {
  const last = steps.at(-1);
  const holder = follow(thing, steps.slice(0, -1));
  if (holder === undefined || !("type" in holder)) return;
  if (last === "owner") holder.owner = to;
  else if (last !== undefined) holder.parent = to;
}

const customSlots = ["@Region", "@GroupAccess"] as const;

/** One list holds all custom properties: without it none is there, and with one of them all others are empty at least. */
function setCustom(values: { [slot: string]: Values }, slot: string, to: Values): void {
  for (const other of customSlots) values[other] = to === undefined ? undefined : (values[other] ?? []);
  values[slot] = to;
}

function setSlot(holder: PersonDraft | ThingDraft, slot: string, to: Values): void {
  const values: { [slot: string]: Values } = holder.values;
  if (slot.startsWith("@")) setCustom(values, slot, to);
  else values[slot] = to;
  if (slot === "group" && "rowGroups" in holder) holder.rowGroups = [];
}

/** Nothing where there are no values: the last link of the way is taken away, or else the property itself. */
export function put(place: Place, values: Values, { asker, thing }: Cast): void {
  const { slot, steps, root } = place;
  if (slot === undefined) return;
  if (slot === "link") {
    if (values === undefined) cut(thing, steps, undefined);
    else if (values.length === 0) cut(thing, steps, null);
    return;
  }
  if (values === undefined && steps.length > 0) {
    cut(thing, steps, null);
    return;
  }
  const holder = root === "user" ? asker : follow(thing, steps);
  if (holder !== undefined) setSlot(holder, slot, values);
}
