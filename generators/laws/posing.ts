/** How a law is put as questions: changed worlds beside the first one, and relations between what one person sees of them. */
import type { Expected, Principal, RequirementId, Surface } from "../../contract/types.ts";
import type { Dialect } from "../../catalogue/dialects.ts";
import type { AccessTable } from "../../reload/model.ts";
import type { Setting } from "./setting.ts";

export type Holds = Extract<Expected, { kind: "relation" }>["holds"];

export interface LawAsk {
  readonly id: string;
  /** Name of the world it is put to. */
  readonly at: string;
  readonly as: Principal;
  readonly through: Surface;
  /** What must hold towards other asks; absent where others are compared with this one. */
  readonly relation?: { readonly holds: Holds; readonly to: readonly string[] };
}

/** A world of a case: a setting, or one whose rights stand in several tables. */
export type Variant = Setting & { readonly more?: readonly AccessTable[] };

export interface Posed {
  readonly worlds: { readonly main: Variant; readonly [name: string]: Variant };
  readonly asks: readonly LawAsk[];
}

export interface Law {
  /** As the research names it: `S4`; a part of one with what it is about: `S4 superset`. */
  readonly id: string;
  /** What must hold, in the third person. */
  readonly says: string;
  /** What speaks against whom when it does not hold. */
  readonly because: readonly RequirementId[];
  /** Readings without which it is no law. */
  readonly reading: Partial<Dialect>;
  /** Stated of one application table alone. */
  readonly oneTable: boolean;
  /** Why it needs its guard: what goes wrong without. */
  readonly guardedFor: string;
  /** Whether the law speaks of this person in this setting. */
  readonly guard: (setting: Setting, who: Principal) => boolean;
  /** The questions; undefined where there is nothing to change. */
  readonly pose: (setting: Setting, who: Principal) => Posed | undefined;
}

/** Readings by which the laws tell whom a row speaks of. */
export const naming: Partial<Dialect> = {
  rowMatch: "and",
  groupColumn: "system",
  blankIdentity: "nobody",
  bareUserId: false,
};

/** And those by which nothing shows more where less matches. */
export const strictly: Partial<Dialect> = { ...naming, strict: true, strictScope: "perField" };

interface Comparing {
  readonly through?: Surface;
  /** Who asks in the changed world, where it is another. */
  readonly as?: Principal;
}

/** One person's view of the first world and of a changed one. */
function two(
  main: Variant,
  other: Variant,
  who: Principal,
  { through = "tables", as = who }: Comparing,
): {
  readonly worlds: Posed["worlds"];
  readonly before: LawAsk;
  readonly after: LawAsk;
} {
  return {
    worlds: { main, other },
    before: { id: "before", at: "main", as: who, through },
    after: { id: "after", at: "other", as, through },
  };
}

/** The changed world shows the same. */
export function same(main: Variant, other: Variant, who: Principal, how: Comparing = {}): Posed {
  const { worlds, before, after } = two(main, other, who, how);
  return { worlds, asks: [before, { ...after, relation: { holds: "equal", to: ["before"] } }] };
}

/** The changed world shows at least as much. */
export function noLess(main: Variant, other: Variant, who: Principal, how: Comparing = {}): Posed {
  const { worlds, before, after } = two(main, other, who, how);
  return { worlds, asks: [{ ...before, relation: { holds: "within", to: ["after"] } }, after] };
}

/** The changed world shows at most as much. */
export function noMore(main: Variant, other: Variant, who: Principal, how: Comparing = {}): Posed {
  const { worlds, before, after } = two(main, other, who, how);
  return { worlds, asks: [before, { ...after, relation: { holds: "within", to: ["before"] } }] };
}

/** The first world shows what the parts show together. */
export function sumOf(main: Variant, parts: readonly [Variant, Variant], who: Principal): Posed {
  const ask = (id: string, at: string): LawAsk => ({ id, at, as: who, through: "tables" });
  return {
    worlds: { main, one: parts[0], other: parts[1] },
    asks: [
      { ...ask("whole", "main"), relation: { holds: "union", to: ["one", "other"] } },
      ask("one", "one"),
      ask("other", "other"),
    ],
  };
}
