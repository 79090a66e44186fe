/**
 * Changes that could turn an answer about one user round, without judging whether they do. Values come from what occurs:
 * the data, the column, the user's names, the star, the blank. Rows that speak of other people are changed only where they
 * nearly name the user, or list what his star stands for.
 */
import type { Value } from "../../contract/types.ts";
import { identityFields, type IdentityField } from "../../reference/section-access/names.ts";
import { borderKey, isBlank, isStar, linkKey, textOf, upperText } from "../../reference/section-access/values.ts";
import { distinct, valuesOf } from "./columns.ts";
import { keyOf, sizeOf, type Edit } from "./edits.ts";
import { nearlyNames } from "./near.ts";
import { reachedValues } from "./paths.ts";
import {
  applyingRows,
  counterparts,
  identityCells,
  isReducing,
  namesIn,
  type AccessRow,
  type Situation,
} from "./situation.ts";
import type { Target } from "./targets.ts";

/** Values of one kind tried for a cell; more would not be smaller. */
const fewest = 4;
/** Rows to add that are tried for one table. */
const mostRows = 400;

function listedIn(situation: Situation, field: string): Value[] {
  return valuesOf(situation.tables, field).filter((value) => !isBlank(value) && !isStar(value));
}

/** Values of the data as section access would have to write them; none for what upper case cannot reach (SA-CASE-04). */
function writable(values: readonly Value[], { dialect }: Situation): Value[] {
  return distinct(
    values.flatMap((value): Value[] => {
      if (isBlank(value)) return [];
      if (typeof value !== "string") return [value];
      const raised = upperText(value);
      return borderKey(raised, dialect) === borderKey(value, dialect) && !isStar(value) ? [raised] : [];
    }),
  );
}

function dataValues({ world }: Situation, field: string): Value[] {
  return valuesOf(world.loaded.app, field);
}

/** The values the target hangs on in a reducing field: those the row reaches, or any of the data. */
function wanted(situation: Situation, target: Target, field: string): Value[] {
  const { world, dialect } = situation;
  const fields = counterparts(world, dialect, field);
  const values = fields.flatMap((name) =>
    target.kind === "row" ? reachedValues(world.loaded.app, target, name) : dataValues(situation, name),
  );
  return writable(values, situation).slice(0, target.kind === "row" ? 2 * fewest : fewest);
}

/** Values beside the wanted ones: a change away from these shuts a row out. */
function others(situation: Situation, target: Target, field: string): Value[] {
  const { world, dialect } = situation;
  const taken = new Set(wanted(situation, target, field).map((value) => linkKey(value)));
  const data = counterparts(world, dialect, field).flatMap((name) => dataValues(situation, name));
  const fresh = (values: readonly Value[]): Value[] =>
    values.filter((value) => !taken.has(linkKey(value))).slice(0, fewest);
  return [...fresh(writable(data, situation)), ...fresh(listedIn(situation, field))];
}

function omitValues(situation: Situation, target: Target): Value[] {
  const own = target.kind === "field" ? [upperText(target.field)] : [];
  return distinct([...own, "", ...listedIn(situation, "OMIT").slice(0, fewest), "*"]);
}

/** What a cell of a field that is no identity field may be changed to. */
function universe(situation: Situation, target: Target, field: string): Value[] {
  if (field === "ACCESS") return ["USER", "ADMIN"];
  if (field === "OMIT") return omitValues(situation, target);
  if (isReducing(situation, field))
    return distinct([...wanted(situation, target, field), ...others(situation, target, field), "", "*"]);
  return field === "SERIAL" ? ["*"] : distinct([...listedIn(situation, field), ""]);
}

function isIdentity(field: string): field is IdentityField {
  return identityFields.some((name) => name === field);
}

type Universes = (field: string) => readonly Value[];

function cellEdits(situation: Situation, { table, row }: AccessRow, values: Universes): Edit[] {
  const from = situation.tables[table];
  return (from?.fields ?? []).flatMap((field, column): Edit[] => {
    if (isIdentity(field)) return [];
    const now = linkKey(from?.rows[row]?.[column] ?? "");
    return values(field)
      .filter((to) => linkKey(to) !== now)
      .map((to) => ({ kind: "cell", table, row, field, to }));
  });
}

/** Of rows that say the same two are enough: a change touches no more than two. */
function unlike(situation: Situation, rows: readonly AccessRow[]): AccessRow[] {
  const seen = new Map<string, number>();
  const positions = new Map(rows.map((row) => [`${row.table} ${row.row}`, row]));
  return [...positions.values()].filter(({ table, row }) => {
    const key = JSON.stringify([table, (situation.tables[table]?.rows[row] ?? []).map((value) => linkKey(value))]);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times <= 2;
  });
}

/** Rows that alone list a value some star of the user's stands for: without them the star stands for less. */
function listingRows(situation: Situation, target: Target): AccessRow[] {
  const starred = situation.tables.flatMap((table, at) =>
    table.fields.filter((_, column) =>
      table.rows.some((row, index) => situation.standing.rows[at]?.[index] === true && isStar(row[column] ?? null)),
    ),
  );
  return [...new Set(starred)]
    .filter((field) => !isIdentity(field))
    .flatMap((field) => {
      const keys = new Set(
        field === "OMIT"
          ? omitValues(situation, target).map((value) => linkKey(value))
          : wanted(situation, target, field).map((value) => linkKey(value)),
      );
      return rowsHolding(situation, field, keys);
    });
}

function rowsHolding({ tables }: Situation, field: string, keys: ReadonlySet<string | undefined>): AccessRow[] {
  return tables.flatMap((each, table) => {
    const column = each.fields.indexOf(field);
    if (column < 0) return [];
    return [...each.rows.keys()]
      .filter(
        (row) => keys.has(linkKey(each.rows[row]?.[column] ?? null)) && !isBlank(each.rows[row]?.[column] ?? null),
      )
      .slice(0, 2 * fewest)
      .map((row) => ({ table, row }));
  });
}

/** Identity cells that keep a row from naming the user though all its others do, or that misspell him. */
function identityEdits(situation: Situation): Edit[] {
  const names = namesIn(situation);
  return situation.tables.flatMap((each, table) =>
    [...each.rows.keys()].flatMap((row): Edit[] => {
      const cells = identityCells(situation, { table, row });
      const failed = cells.filter((cell) => !cell.matches);
      const [only] = failed;
      if (only === undefined || failed.length > 1) return [];
      const own = names[only.field].map((name) => upperText(name));
      const named = cells.some((cell) => cell.matches && !isStar(cell.value));
      if (!named && !own.some((name) => nearlyNames(textOf(only.value), name))) return [];
      return [...own, ...(named ? ["*"] : [])].map((to) => ({ kind: "cell", table, row, field: only.field, to }));
    }),
  );
}

/** Every way to write the columns of a new row, the likeliest first. */
function product(columns: readonly (readonly Value[])[]): Value[][] {
  return columns.reduce<Value[][]>(
    (rows, values) => rows.flatMap((row) => values.map((value) => [...row, value])).slice(0, mostRows),
    [[]],
  );
}

function addedRows(situation: Situation, values: Universes): Edit[] {
  const names = namesIn(situation);
  return situation.tables.flatMap((each, table) => {
    const identity = each.fields.filter(isIdentity);
    // One name a row; in the other identity columns the star, in all where nothing but the star names the user.
    const named = identity.filter((field) => names[field].length > 0);
    const speaking = named.length === 0 ? [undefined] : named;
    return speaking.flatMap((by) => {
      const columns = each.fields.map((field): readonly Value[] => {
        if (!isIdentity(field)) return field === "OMIT" ? distinct(["", ...values(field)]) : values(field);
        return field === by ? names[field].map((name) => upperText(name)) : ["*"];
      });
      return product(columns).map((cells): Edit => ({ kind: "add-row", table, cells }));
    });
  });
}

function memberships(situation: Situation): Edit[] {
  const held = namesIn(situation).GROUP;
  const own = new Set(held.map(upperText));
  const listed = distinct([...listedIn(situation, "GROUP"), ...listedIn(situation, "NTNAME")]).map(textOf);
  const toJoin = listed.filter((group) => !own.has(upperText(group)) && !group.includes("\\"));
  return [
    ...toJoin.map((group): Edit => ({ kind: "join-group", group })),
    ...[...new Map(held.map((group) => [upperText(group), group])).values()]
      .filter((group) => listed.some((name) => upperText(name) === upperText(group)))
      .map((group): Edit => ({ kind: "leave-group", group })),
  ];
}

/** Spellings of the data that only upper case would let section access reach. */
function spellings(situation: Situation, target: Target): Edit[] {
  const { world, dialect, tables } = situation;
  const inAccess = new Set(tables.flatMap((table) => table.fields));
  const inApp = [...new Set(world.loaded.app.flatMap((table) => table.fields))];
  const renames = inApp.filter(
    (field) => upperText(field) !== field && inAccess.has(upperText(field)) && !inApp.includes(upperText(field)),
  );
  const reducing = [...inAccess].flatMap((field) => counterparts(world, dialect, field));
  const values =
    dialect.valueMatch !== "exactUpper"
      ? []
      : reducing.flatMap((field) => {
          const reached =
            target.kind === "row" ? reachedValues(world.loaded.app, target, field) : dataValues(situation, field);
          return reached.flatMap((value) =>
            typeof value === "string" && upperText(value) !== value
              ? [{ kind: "raise-value", field, value } as const]
              : [],
          );
        });
  return [
    ...values.slice(0, 2 * fewest),
    ...(target.kind === "field" ? [] : renames.map((field): Edit => ({ kind: "raise-field", field }))),
  ];
}

/** All single changes worth a try, the smallest first; of one size in the order a person would rather make them. */
export function candidates(situation: Situation, target: Target): readonly Edit[] {
  const known = new Map<string, readonly Value[]>();
  const values: Universes = (field) => {
    const found = known.get(field) ?? universe(situation, target, field);
    known.set(field, found);
    return found;
  };
  const applying = unlike(situation, applyingRows(situation));
  const removed = unlike(situation, [...applying, ...listingRows(situation, target)]);
  const edits: Edit[] = [
    ...applying.flatMap((row) => cellEdits(situation, row, values)),
    ...memberships(situation),
    ...spellings(situation, target),
    ...removed.map((row): Edit => ({ kind: "remove-row", ...row })),
    ...identityEdits(situation),
    ...addedRows(situation, values),
  ];
  const each = [...new Map(edits.toReversed().map((edit) => [keyOf(edit), edit])).values()].toReversed();
  return each.toSorted((a, b) => sizeOf([a]) - sizeOf([b]));
}
