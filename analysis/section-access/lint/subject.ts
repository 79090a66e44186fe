/** What the rules look at: an app as loaded, its security tables, the people they name, and where everything stands. */
import type { Dialect } from "../../../catalogue/dialects.ts";
import type { Place } from "../../../contract/errors.ts";
import type { Principal, Value } from "../../../contract/types.ts";
import { parseLoadScript } from "../../../languages/load-script/parse.ts";
import { securityTables, type SecurityTable } from "../../../reference/section-access/access-model.ts";
import { fullName, identityFields, isSystemField } from "../../../reference/section-access/names.ts";
import { isBlank, isStar, textOf, upperText } from "../../../reference/section-access/values.ts";
import type { AccessTable, LoadedApp } from "../../../reload/model.ts";
import { bottomOf, labelOf, stacksOf } from "../access-loads.ts";
import { distinct } from "../columns.ts";
import { accessPlaces, type AccessPlaces, type ScriptSource } from "../places.ts";
import { placesIn } from "../source-lines.ts";
import { counterparts } from "../situation.ts";

export interface Subject {
  readonly source: ScriptSource;
  readonly loaded: LoadedApp;
  readonly access: readonly AccessTable[];
  readonly tables: readonly SecurityTable[];
  readonly dialect: Dialect;
  readonly places: AccessPlaces;
  /** Where a table of the app is loaded; the script's first line where that cannot be told. */
  readonly loadOf: (table: string) => Place;
  readonly people: readonly Person[];
}

/** Somebody whose access is looked at, under the name people know him by. */
export interface Person {
  readonly who: Principal;
  readonly name: string;
}

/** One cell of section access; table and row are positions counted from 0. */
export interface AccessCell {
  readonly table: number;
  readonly row: number;
  readonly field: string;
  readonly value: Value;
  readonly asWritten: Value;
}

export function cellsOf({ tables }: Subject, wanted: (field: string) => boolean): readonly AccessCell[] {
  return tables.flatMap((each, table) =>
    each.fields.flatMap((field, column) =>
      wanted(field)
        ? [...each.rows.keys()].map((row) => ({
            table,
            row,
            field,
            value: each.rows[row]?.[column] ?? null,
            asWritten: each.asWritten[row]?.[column] ?? null,
          }))
        : [],
    ),
  );
}

export function placeOfCell({ places }: Subject, { table, row, field }: AccessCell): Place | undefined {
  return places.cellAt(table, row, field);
}

export function isIdentity(field: string): boolean {
  return identityFields.some((name) => name === field);
}

/** Fields of section access that select in the app. */
export function reducingNames(subject: Subject): readonly string[] {
  const { tables, dialect, loaded } = subject;
  const names = [...new Set(tables.flatMap((table) => table.fields))];
  const world = { loaded, who: nobody };
  return names.filter((name) => !isSystemField(name, dialect) && counterparts(world, dialect, name).length > 0);
}

/** Fields of the app that a field of section access selects in. */
export function selectsIn({ loaded, dialect }: Subject, name: string): readonly string[] {
  return counterparts({ loaded, who: nobody }, dialect, name);
}

export const nobody: Principal = { directory: "", id: "", groups: [], attributes: {}, session: {} };

function named(value: Value): readonly string[] {
  return isBlank(value) || isStar(value) ? [] : [textOf(value)];
}

/** A user that section access names, or a member of a group it names and of no other. */
function personFor(field: string, name: string): Person | undefined {
  const at = name.indexOf("\\");
  if (field === "USERID" || (field === "NTNAME" && at > 0)) {
    if (at <= 0 || at === name.length - 1) return undefined;
    const who = { ...nobody, directory: name.slice(0, at), id: name.slice(at + 1) };
    return { who, name };
  }
  if (field === "USER.EMAIL") return undefined;
  return { who: { ...nobody, directory: "(GROUP)", id: name, groups: [name] }, name: `a member of ${name}` };
}

/** Whether one of the users is in the group already, so that nobody need be thought up for it. */
function isHeld(name: string, users: readonly Principal[]): boolean {
  return users.some((who) => who.groups.some((group) => upperText(group) === name));
}

/** Everybody the tables name, and the users handed in; a user handed in counts with his groups. */
function peopleOf(tables: readonly SecurityTable[], users: readonly Principal[]): readonly Person[] {
  const known = new Map(users.map((who) => [upperText(fullName(who)), { who, name: fullName(who) }]));
  const cells = tables.flatMap((table) =>
    table.fields.flatMap((field, column) =>
      isIdentity(field)
        ? distinct(table.rows.map((row) => row[column] ?? null)).flatMap((value) =>
            named(value).map((name) => ({ field, name })),
          )
        : [],
    ),
  );
  for (const { field, name } of cells) {
    const person = isHeld(name, users) ? undefined : personFor(field, name);
    const key = upperText(person === undefined ? "" : fullName(person.who));
    if (person !== undefined && !known.has(key)) known.set(key, person);
  }
  return [...known.values()];
}

/** Places of the LOADs that make the app's tables. */
function loadPlaces({ script, file }: ScriptSource): (table: string) => Place {
  const place = placesIn(script, file);
  const stacks = stacksOf(parseLoadScript(script).statements).filter(({ section }) => section === "application");
  const starts = new Map(
    stacks.map((stack) => [labelOf(stack) ?? "", stack.stages[0].span?.start ?? bottomOf(stack).span?.start ?? 0]),
  );
  return (table) => place(starts.get(table) ?? 0);
}

/** Undefined for an app without section access: there is nothing to look at. */
export function subjectOf(
  source: ScriptSource,
  loaded: LoadedApp,
  users: readonly Principal[],
  dialect: Dialect,
): Subject | undefined {
  const { access } = loaded;
  if (access === undefined) return undefined;
  const tables = securityTables(loaded, dialect);
  return {
    source,
    loaded,
    access,
    tables,
    dialect,
    places: accessPlaces(source, access),
    loadOf: loadPlaces(source),
    people: peopleOf(tables, users),
  };
}
