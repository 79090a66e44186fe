/**
 * Section access for many users of a large app at once: the answers of `spec.ts`, found on dictionary codes and sets of
 * users. `spec.ts` decides what is right; this is held against it on every push.
 *
 * Users whose rights are equal are one class. The classes' selections spread through the tables together, 32 a machine
 * word; rows and reasons are made when they are looked at.
 */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal, Reason, Value, ViewTable } from "../../contract/types.ts";
import type { EncodedApp, EncodedTable } from "./columnar-encode.ts";
import { openFor, type Opening, type Seat, type View } from "./columnar-opening.ts";
import { whySeat } from "./columnar-reasons.ts";
import { bitmapsTogether, distinctTogether, viewSees } from "./columnar-rows.ts";
import type { AppState, Reduction } from "./types.ts";

/** How many rows of each table one user sees. */
export type Counted =
  | { readonly access: "denied" }
  | {
      readonly access: "granted";
      readonly level: "ADMIN" | "USER" | "OPEN";
      readonly omitted: readonly string[];
      /** Visible rows, in the order of the app's tables. */
      readonly rows: readonly number[];
    };

/** Equal for equal views: users of one class share it. */
function countSeat(app: EncodedApp, seat: Seat): Counted {
  switch (seat.kind) {
    case "open":
      return { access: "granted", level: "OPEN", omitted: [], rows: app.tables.map(({ size }) => size) };
    case "denied":
      return { access: "denied" };
    case "granted": {
      const { decision, together, bit } = seat.view;
      const rows = together.counts().map((counts) => counts[bit] ?? 0);
      return { access: "granted", level: decision.level, omitted: decision.omitted, rows };
    }
  }
}

/** One answer a user; users with equal rights share theirs. Throws as `spec.ts` does. */
export function countsOf(
  app: EncodedApp,
  users: readonly Principal[],
  dialect: Dialect,
  state?: AppState,
): readonly Counted[] {
  const { seats } = openFor(app, users, dialect, state);
  const known = new Map<Seat, Counted>();
  return seats.map((seat) => {
    const counted = known.get(seat) ?? countSeat(app, seat);
    known.set(seat, counted);
    return counted;
  });
}

function wholeBitmap(size: number): Uint32Array {
  const bitmap = new Uint32Array(Math.ceil(size / 32)).fill(0xffff_ffff);
  if (size % 32 > 0) bitmap[bitmap.length - 1] = 2 ** (size % 32) - 1;
  return bitmap;
}

/** Which rows of a table each user sees: bit `row % 32` of word `row / 32`; undefined for who is refused. */
export type BitmapsOf = (table: number) => readonly (Uint32Array | undefined)[];

/** Bitmaps of the rows of any table for all users; users with equal rights share one. Throws as `spec.ts` does. */
export function bitmapsOf(app: EncodedApp, users: readonly Principal[], dialect: Dialect, state?: AppState): BitmapsOf {
  const { seats, together } = openFor(app, users, dialect, state);
  return (table) => {
    const made = new Map(together.map((one) => [one, bitmapsTogether(one, table)]));
    const whole = wholeBitmap(app.tables[table]?.size ?? 0);
    return seats.map((seat) => {
      if (seat.kind === "granted") return made.get(seat.view.together)?.[seat.view.bit];
      return seat.kind === "open" ? whole : undefined;
    });
  };
}

/** Distinct values of a field each user sees, NULL not counted; undefined for who is refused or lacks the field. */
export type DistinctOf = (field: string) => readonly (number | undefined)[];

/** Counts distinct values of any field of the app for all users. Throws as `spec.ts` does. */
export function distinctOf(
  app: EncodedApp,
  users: readonly Principal[],
  dialect: Dialect,
  state?: AppState,
): DistinctOf {
  const { seats, together } = openFor(app, users, dialect, state);
  return (field) => {
    const made = new Map(together.map((one) => [one, distinctTogether(one, field)]));
    const whole = app.field(field).values.length - 1;
    return seats.map((seat) => {
      if (seat.kind !== "granted") return seat.kind === "open" ? whole : undefined;
      const { decision, together: own, bit } = seat.view;
      return decision.omitted.includes(field) ? undefined : made.get(own)?.[bit];
    });
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

type Rows = readonly (readonly Value[])[];

function rowsOf(
  { fields, size, cell }: EncodedTable,
  omitted: readonly string[],
  sees: (row: number) => boolean,
): Rows {
  const columns = [...fields.keys()].filter((column) => !omitted.includes(fields[column] ?? ""));
  const rows: Value[][] = [];
  for (let row = 0; row < size; row++) if (sees(row)) rows.push(columns.map((column) => cell(row, column)));
  return rows;
}

function everyRow(): boolean {
  return true;
}

function tablesOf(app: EncodedApp, view: View | undefined): readonly ViewTable[] {
  const omitted = view?.decision.omitted ?? [];
  return app.tables.map((table, at) => {
    const rows = once(() => rowsOf(table, omitted, view === undefined ? everyRow : viewSees(view, at)));
    return {
      name: table.name,
      fields: table.fields.filter((field) => !omitted.includes(field)),
      get rows(): Rows {
        return rows();
      },
    };
  });
}

function reductionOf({ app, rights, seats }: Opening, dialect: Dialect, who: Principal, user: number): Reduction {
  const seat = seats[user] ?? { kind: "denied" };
  const why = once(() => whySeat({ app, rights, dialect }, who, seat));
  if (seat.kind === "denied") {
    return {
      access: "denied",
      get because(): readonly Reason[] {
        return why();
      },
    };
  }
  const decision = seat.kind === "granted" ? seat.view.decision : { level: "OPEN" as const, omitted: [] };
  return {
    access: "granted",
    level: decision.level,
    omitted: decision.omitted,
    tables: tablesOf(app, seat.kind === "granted" ? seat.view : undefined),
    get because(): readonly Reason[] {
      return why();
    },
  };
}

/** What `spec.ts` says of each user. Rows and reasons are made when they are read. Throws as `spec.ts` does. */
export function columnarReduce(
  app: EncodedApp,
  users: readonly Principal[],
  dialect: Dialect,
  state?: AppState,
): readonly Reduction[] {
  const opening = openFor(app, users, dialect, state);
  return users.map((who, user) => reductionOf(opening, dialect, who, user));
}
