/** An app opened for many users: who is refused, who shares a view, and the restrictions that make each view. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal } from "../../contract/types.ts";
import { cutFields, type EncodedApp, type EncodedTables } from "./columnar-encode.ts";
import { setBit, wordsFor } from "./columnar-masks.ts";
import { countingOrder, countTable, spreadOf, type FieldMasks, type Spread } from "./columnar-propagation.ts";
import { rightsOf, type Rights } from "./columnar-rights.ts";
import { decideClasses, type ClassDecision } from "./columnar-selection.ts";
import { classify, mostTogether } from "./columnar-users.ts";
import type { AppState } from "./types.ts";

export type Granted = Extract<ClassDecision, { access: "granted" }>;

/** A class of users with a view, and where it stands among those that were put through the links together. */
export interface View {
  readonly decision: Granted;
  readonly together: Together;
  /** Its bit in the masks. */
  readonly bit: number;
}

export interface Together {
  /** The app's tables as they link for these classes. */
  readonly tables: EncodedTables;
  readonly spread: Spread;
  readonly size: number;
  /** Visible rows by table and bit, counted when first asked for. */
  readonly counts: () => readonly Float64Array[];
}

/** What one user comes to; an app without section access is open to all. Who is refused a view without records has one. */
export type Seat =
  | { readonly kind: "open" }
  | { readonly kind: "denied"; readonly view?: View }
  | { readonly kind: "granted"; readonly view: View };

export interface Opening {
  readonly app: EncodedApp;
  readonly rights: Rights | undefined;
  /** By user. */
  readonly seats: readonly Seat[];
  readonly together: readonly Together[];
}

/** Masks by code of one app field, of classes put through together. */
function masksOf(app: EncodedApp, field: string, decisions: readonly Granted[]): FieldMasks {
  const words = wordsFor(decisions.length);
  const selecting = new Uint32Array(words);
  // Bits of nobody select too, and may see nothing.
  for (let bit = 0; bit < words * 32; bit++)
    if (decisions[bit]?.selection.has(field) !== false) setBit(selecting, 0, bit);
  const masks = new Uint32Array(app.field(field).values.length * words);
  for (let at = 0; at < masks.length; at++) masks[at] = ~(selecting[at % words] ?? 0);
  for (const [bit, { selection }] of decisions.entries()) {
    for (const codes of selection.get(field) ?? []) for (const code of codes) setBit(masks, code * words, bit);
  }
  return { selecting, masks };
}

/** By field, under the name it has in each table. */
function fieldMasks(
  app: EncodedApp,
  tables: EncodedTables,
  decisions: readonly Granted[],
): ReadonlyMap<string, FieldMasks> {
  const found = new Map<string, FieldMasks>();
  for (const field of new Set(decisions.flatMap(({ selection }) => [...selection.keys()]))) {
    const masks = masksOf(app, field, decisions);
    for (const [at, table] of app.tables.entries()) {
      const column = table.fields.indexOf(field);
      if (column >= 0) found.set(tables.tables[at]?.fields[column] ?? field, masks);
    }
  }
  return found;
}

function countAll(spread: Spread, tables: number): readonly Float64Array[] {
  const counts: Float64Array[] = [];
  for (const at of countingOrder(spread.model)) counts[at] = countTable(spread, at);
  return Array.from({ length: tables }, (_, at) => counts[at] ?? new Float64Array(spread.words * 32));
}

const cutApps = new WeakMap<EncodedApp, Map<string, EncodedTables>>();

/** The tables as they link for who lacks these fields. */
function tablesWithout(app: EncodedApp, omitted: readonly string[]): EncodedTables {
  if (omitted.length === 0) return app;
  const known = cutApps.get(app) ?? new Map<string, EncodedTables>();
  cutApps.set(app, known);
  const key = JSON.stringify(omitted);
  const made = known.get(key) ?? cutFields(app, omitted);
  known.set(key, made);
  return made;
}

function putThrough(app: EncodedApp, tables: EncodedTables, decisions: readonly Granted[]): Together {
  const spread = spreadOf(tables, decisions.length, fieldMasks(app, tables, decisions));
  let counts: readonly Float64Array[] | undefined;
  return { tables, spread, size: decisions.length, counts: () => (counts ??= countAll(spread, app.tables.length)) };
}

/** Each field's values matched, but no record of anything selected is left (SA-RED-10). */
export function leavesNothing({ tables }: EncodedApp, { decision, together, bit }: View): boolean {
  const fields = [...decision.selection.keys()];
  const counts = fields.length === 0 ? [] : together.counts();
  return (
    fields.length > 0 &&
    fields.every((field) => tables.every((table, at) => !table.fields.includes(field) || counts[at]?.[bit] === 0))
  );
}

const dialectKeys = new WeakMap<Dialect, string>();

/** Equal for dialects that read everything alike. */
function keyOf(dialect: Dialect): string {
  const key = dialectKeys.get(dialect) ?? JSON.stringify(dialect);
  dialectKeys.set(dialect, key);
  return key;
}

const rightsByApp = new WeakMap<EncodedApp, Map<string, Rights | undefined>>();

/** Section access as one dialect reads it, made once an app. */
function rememberedRights(app: EncodedApp, dialect: Dialect): Rights | undefined {
  const known = rightsByApp.get(app) ?? new Map<string, Rights | undefined>();
  rightsByApp.set(app, known);
  const key = keyOf(dialect);
  if (!known.has(key)) known.set(key, rightsOf(app, dialect));
  return known.get(key);
}

interface Placed {
  readonly decision: Granted;
  readonly at: number;
}

/** Granted classes for which the tables link in the same way. */
function byLinks(app: EncodedApp, decisions: readonly ClassDecision[], dialect: Dialect): Map<EncodedTables, Placed[]> {
  const groups = new Map<EncodedTables, Placed[]>();
  for (const [at, decision] of decisions.entries()) {
    if (decision.access === "denied") continue;
    const tables = tablesWithout(app, dialect.omittedKey === "cut" ? decision.omitted : []);
    const group = groups.get(tables) ?? [];
    group.push({ decision, at });
    groups.set(tables, group);
  }
  return groups;
}

/** Seats of classes, by position of the class. */
function seatsOf(app: EncodedApp, decisions: readonly ClassDecision[], dialect: Dialect): readonly Seat[] {
  const seats: Seat[] = decisions.map(() => ({ kind: "denied" }));
  for (const [tables, granted] of byLinks(app, decisions, dialect)) {
    for (let from = 0; from < granted.length; from += mostTogether) {
      const some = granted.slice(from, from + mostTogether);
      const together = putThrough(
        app,
        tables,
        some.map(({ decision }) => decision),
      );
      for (const [bit, { decision, at }] of some.entries()) {
        const view = { decision, together, bit };
        const refused = dialect.emptyResult === "deny" && leavesNothing(app, view);
        seats[at] = { kind: refused ? "denied" : "granted", view };
      }
    }
  }
  return seats;
}

/** Opens the app for all of these users. Throws `not-supported` as the arbiter does for a user it opens for. */
export function openFor(app: EncodedApp, users: readonly Principal[], dialect: Dialect, state?: AppState): Opening {
  const applies = !(dialect.publishedRequired && state?.published === false);
  const rights = applies ? rememberedRights(app, dialect) : undefined;
  if (rights === undefined) return { app, rights, seats: users.map(() => ({ kind: "open" })), together: [] };
  const { classes, classOf } = classify(rights, users, dialect);
  const byClass = seatsOf(app, decideClasses(rights, classes, dialect), dialect);
  const seats = classOf.map((at): Seat => byClass[at] ?? { kind: "denied" });
  const together = new Set(byClass.flatMap((seat) => (seat.kind === "granted" ? [seat.view.together] : [])));
  return { app, rights, seats, together: [...together] };
}
