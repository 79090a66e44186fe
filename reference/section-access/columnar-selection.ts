/** Step 3 on codes: what the grants of a class of users select in the app's fields (§6–§8), by the decision table of §8. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { CodedCell, Grant, Rights } from "./columnar-rights.ts";
import type { UserClass } from "./columnar-users.ts";
import { levelAmong } from "./identity.ts";
import type { Level } from "./names.ts";
import { omission } from "./omit.ts";
import { forgives } from "./reducing.ts";

/** Codes that are allowed, in one or several lists. */
export type AllowedCodes = readonly (readonly number[])[];

export type ClassDecision =
  | { readonly access: "denied" }
  | {
      readonly access: "granted";
      /** As the app tells it. */
      readonly level: Level;
      readonly omitted: readonly string[];
      readonly selection: ReadonlyMap<string, AllowedCodes>;
    };

type FieldDecision = { readonly kind: "values"; readonly cells: readonly CodedCell[] } | "unrestricted" | "missed";

/** A reducing field as far as the user is reduced by it: the places of the app fields that count. */
interface Held {
  readonly at: number;
  readonly places: readonly number[];
}

/** An omitted reducing field may reduce nothing (SA-OMT-10). */
function heldFields({ reducing }: Rights, omitted: readonly string[], dialect: Dialect): readonly Held[] {
  const hidden = dialect.omittedReducing === "ignored" ? omitted : [];
  return reducing.flatMap(({ appFields }, at) => {
    const places = [...appFields.keys()].filter((place) => !hidden.includes(appFields[place] ?? ""));
    return places.length === 0 ? [] : [{ at, places }];
  });
}

function isBlank({ says }: CodedCell): boolean {
  return says === "null" || says === "empty";
}

function decideCells(
  cells: readonly CodedCell[],
  places: readonly number[],
  level: Level,
  dialect: Dialect,
): FieldDecision {
  const inData = ({ codes }: CodedCell): boolean => places.some((place) => (codes[place]?.length ?? 0) > 0);
  // SA-RED-09: the empty text is a value where the data hold it, if the release matches the two at all.
  const counts = (cell: CodedCell): boolean => cell.says === "empty" && dialect.emptyText === "value" && inData(cell);
  const admin = level === "ADMIN" && dialect.adminLevel === "admin";
  const opened = dialect.adminBlankBesideValue === "all" && cells.some((cell) => isBlank(cell) && !counts(cell));
  if (admin && (!dialect.adminReduced || opened)) return "unrestricted";
  if (dialect.loneStar === "everything" && cells.some(({ says }) => says === "lone star")) return "unrestricted";
  const valued = cells.filter((cell) => cell.says === "values" || counts(cell));
  if (valued.some(inData)) return { kind: "values", cells: valued };
  return forgives(level, cells.every(isBlank), dialect) ? "unrestricted" : "missed";
}

/** Fields that OMIT hides, for the OMIT values that apply. */
type Omitting = (grants: readonly Grant[]) => readonly string[];

/** Remembers what was hidden for the same values. */
function omitting({ omitTables, headers }: Rights, dialect: Dialect): Omitting {
  const known = new Map<string, readonly string[]>([["", []]]);
  return (grants) => {
    const omits = grants.map(({ omit }) => omit).filter((omit) => omit !== undefined);
    const key = omits.map(({ table, row }) => `${table}.${row}`).join();
    const found = known.get(key);
    if (found !== undefined) return found;
    const picked = omitTables.map(({ rows }, table) =>
      rows.map((_, row) => omits.some((omit) => omit.table === table && omit.row === row)),
    );
    const { fields } = omission({ rows: picked, level: undefined, because: [] }, omitTables, headers, dialect);
    known.set(key, fields);
    return fields;
  };
}

interface Decided extends Held {
  readonly decision: FieldDecision;
}

function selectionOf({ reducing }: Rights, decided: readonly Decided[]): ReadonlyMap<string, AllowedCodes> {
  const selection = new Map<string, AllowedCodes>();
  for (const { at, places, decision } of decided) {
    if (typeof decision !== "object") continue;
    for (const place of places) {
      const field = reducing[at]?.appFields[place] ?? "";
      selection.set(
        field,
        decision.cells.map(({ codes }) => codes[place] ?? []),
      );
    }
  }
  return selection;
}

/** Nobody is refused for one of several fields where one match is enough (SA-STR-08). */
function refuses(decided: readonly Decided[], dialect: Dialect): boolean {
  const missed = decided.filter(({ decision }) => decision === "missed").length;
  return missed > 0 && (dialect.strictScope === "perField" || missed === decided.length);
}

/** What each class of users may see, before the selection spreads. */
export function decideClasses(
  rights: Rights,
  classes: readonly UserClass[],
  dialect: Dialect,
): readonly ClassDecision[] {
  const omittedBy = omitting(rights, dialect);
  return classes.map((one): ClassDecision => {
    const grants = one.grants.map((at) => rights.grants[at]).filter((grant) => grant !== undefined);
    const level = levelAmong(
      grants.map((grant) => grant.level),
      dialect,
    );
    if (level === undefined || !rights.namesUsers) return { access: "denied" };
    const omitted = omittedBy(grants);
    const decided = heldFields(rights, omitted, dialect).map((held) => {
      const cells = grants.map((grant) => grant.cells[held.at]).filter((cell) => cell !== undefined);
      return { ...held, decision: decideCells(cells, held.places, level, dialect) };
    });
    if (refuses(decided, dialect)) return { access: "denied" };
    return {
      access: "granted",
      level: dialect.adminLevel === "user" ? "USER" : level,
      omitted,
      selection: selectionOf(rights, decided),
    };
  });
}
