/** Reads the features off a world as it is, whatever was ordered: coverage counts what worlds hold. */
import type { Principal, Value } from "../../contract/types.ts";
import type { AccessTable, AppTable, LoadedApp, LoadedTable } from "../../reload/model.ts";
import { fullName } from "../directory.ts";
import type { Features } from "./factors.ts";

/** A world as its files show it. */
export interface Shown {
  readonly loaded: LoadedApp;
  readonly principals: readonly Principal[];
  readonly script: string;
}

const naming: ReadonlySet<string> = new Set(["USERID", "GROUP", "NTNAME", "USER.EMAIL"]);

function cells(tables: readonly LoadedTable[], field: string): Value[] {
  return tables.flatMap((table) => {
    const at = table.fields.indexOf(field);
    return at < 0 ? [] : table.rows.map((row) => row[at] ?? null);
  });
}

function has(tables: readonly LoadedTable[], field: string): boolean {
  return tables.some((table) => table.fields.includes(field));
}

function identityOf(access: readonly AccessTable[]): Features["identity"] {
  if (has(access, "USER.EMAIL")) return "user and email";
  if (has(access, "NTNAME")) return "nt";
  if (!has(access, "GROUP")) return "user";
  return has(access, "USERID") ? "user and group" : "group";
}

function isMixed({ id }: Principal): boolean {
  return id !== id.toLowerCase() && id !== id.toUpperCase();
}

function peopleOf(principals: readonly Principal[]): Features["people"] {
  const names = principals.map(fullName);
  if (names.some((name) => !/^[\x21-\x7e]+$/.test(name))) return "odd";
  if (principals.some(isMixed)) return "case";
  const lower = principals.map(({ directory, id }) => ({ directory: directory.toLowerCase(), id: id.toLowerCase() }));
  const pairs = lower.flatMap((one) => lower.filter((other) => other !== one).map((other) => ({ one, other })));
  if (pairs.some(({ one, other }) => one.id === other.id)) return "directory";
  const isPrefix = pairs.some(({ one, other }) => one.directory === other.directory && other.id.startsWith(one.id));
  return isPrefix ? "prefix" : "plain";
}

function groupsOf(principals: readonly Principal[]): Features["groups"] {
  const names = new Set(principals.map((who) => fullName(who).toUpperCase()));
  if (principals.some((who) => who.groups.some((group) => names.has(group.toUpperCase())))) return "like a user";
  const most = Math.max(...principals.map((who) => who.groups.length));
  return most === 0 ? "none" : most === 1 ? "one" : "several";
}

function levelsOf(access: readonly AccessTable[]): Features["levels"] {
  const levels = new Set(cells(access, "ACCESS"));
  return levels.size > 1 ? "both" : levels.has("ADMIN") ? "admin" : "user";
}

function rightsOf(access: readonly AccessTable[]): Features["rights"] {
  if (has(access, "ROLE")) return "roles by key";
  return has(access, "PROFILE") ? "values by key" : "one table";
}

/** The key by which the table of values speaks of somebody. */
function rowsOf(access: readonly AccessTable[], rights: Features["rights"]): Features["rows"] {
  if (access.some(({ rows }) => new Set(rows.map((row) => JSON.stringify(row))).size < rows.length)) return "repeated";
  const key = rights === "one table" ? naming : new Set([rights === "roles by key" ? "ROLE" : "PROFILE"]);
  const last = access.findLast((table) => table.fields.some((field) => key.has(field)));
  const columns = (last?.fields ?? []).flatMap((field, at) => (key.has(field) ? [at] : []));
  const names = (last?.rows ?? []).map((row) => JSON.stringify(columns.map((at) => row[at])));
  return new Set(names).size < names.length ? "several" : "one";
}

type Kind = Features["load"];

function loadedBy(script: string): Kind {
  if (/^FROM \[/m.test(script)) return "file";
  return /^RESIDENT /m.test(script) ? "resident" : "inline";
}

function starsOf(access: readonly AccessTable[], reducing: readonly string[]): Features["stars"] {
  const values = reducing.some((field) => cells(access, field).includes("*"));
  const everybody = access.some(({ fields, rows }) => {
    const columns = fields.flatMap((field, at) => (naming.has(field) ? [at] : []));
    return columns.length > 0 && rows.some((row) => columns.every((at) => row[at] === "*"));
  });
  return values ? (everybody ? "both" : "values") : everybody ? "everybody" : "none";
}

function holders(app: readonly AppTable[], field: string): AppTable[] {
  return app.filter((table) => !table.loosened && table.fields.includes(field));
}

function placeOf(app: readonly AppTable[], reducing: readonly string[]): Features["place"] {
  if (reducing.length === 0) return "nowhere";
  const held = reducing.map((field) => holders(app, field));
  if (held.some((tables) => tables.length > 1)) return "key";
  const tables = new Set(held.flat());
  if (tables.size > 1) return "several";
  return app[0] !== undefined && tables.has(app[0]) ? "hub" : "outer";
}

function kindOf(app: readonly AppTable[], reducing: readonly string[]): Features["values"] {
  const values = reducing.flatMap((field) => cells(app, field)).filter((value) => value !== null);
  if (values.some((value) => typeof value === "object")) return "dual";
  return values.some((value) => typeof value === "number") ? "number" : "text";
}

function common(one: LoadedTable, other: LoadedTable): string[] {
  return one.fields.filter((field) => other.fields.includes(field));
}

function linked(app: readonly AppTable[]): AppTable[] {
  const tight = app.filter((table) => !table.loosened);
  if (tight.length === 1) return tight;
  const joined = tight.filter((table) => tight.some((other) => other !== table && common(table, other).length > 0));
  return joined.length === 0 ? tight.slice(0, 1) : joined;
}

function keysOf(tables: readonly AppTable[]): Features["keys"] {
  const pairs = tables.flatMap((one, at) => tables.slice(at + 1).map((other) => common(one, other)));
  if (pairs.some((fields) => fields.length > 1)) return "synthetic";
  const fields = [...new Set(pairs.flat())];
  if (fields.some((field) => holders(tables, field).length > 2)) return "shared";
  const isComposite = fields.some((field) =>
    cells(tables, field).some((value) => typeof value === "string" && value.includes("|")),
  );
  return isComposite ? "composite" : "plain";
}

function shapeOf(tables: readonly AppTable[]): Features["shape"] {
  const third = tables.findLast((table) => table.fields.some((field) => holders(tables, field).length > 2));
  const left = tables.filter((table) => table !== third);
  const [hub, ...others] = left;
  if (hub === undefined || others.length === 0) return "single";
  const near = others.filter((table) => common(hub, table).length > 0);
  if (others.length === 1) return "pair";
  if (near.length > 1) return "star";
  const isBare = near[0]?.fields.every((field) => holders(left, field).length > 1) === true;
  return isBare ? "bridge" : "snowflake";
}

function apartOf(app: readonly AppTable[], tables: readonly AppTable[]): Features["apart"] {
  if (app.some((table) => table.loosened)) return "loosened";
  return app.length > tables.length ? "island" : "none";
}

function keysIn(table: LoadedTable, fields: readonly string[]): string[] {
  const columns = fields.map((field) => table.fields.indexOf(field));
  const keys = table.rows.map((row) => columns.map((at) => row[at] ?? null));
  return keys.filter((key) => !key.includes(null)).map((key) => JSON.stringify(key));
}

function dataOf(app: readonly AppTable[], tables: readonly AppTable[]): Features["data"] {
  if (app.some(({ rows }) => rows.some((row) => row.includes(null)))) return "nulls";
  const [hub] = tables;
  const dangles = tables.slice(1).some((table) => {
    const fields = hub === undefined ? [] : common(hub, table);
    const held = new Set(keysIn(table, fields));
    return hub !== undefined && fields.length > 0 && keysIn(hub, fields).some((key) => !held.has(key));
  });
  if (dangles) return "dangling";
  const repeats = app.some(({ rows }) => new Set(rows.map((row) => JSON.stringify(row))).size < rows.length);
  return repeats ? "repeated" : "whole";
}

function omitOf(access: readonly AccessTable[]): Features["omit"] {
  if (has(access, "OMITGROUP")) return "by key";
  if (!has(access, "OMIT")) return "none";
  return cells(access, "OMIT").includes("*") ? "star" : "column";
}

function countOf(fields: readonly string[]): Features["reducing"] {
  const counts = ["0", "1", "2", "3"] as const;
  return counts[fields.length] ?? "3";
}

/** The features of a world made in the mode `valid`; of others, where a feature is not one of these, the nearest. */
export function featuresOf({ loaded, principals, script }: Shown): Features {
  const { app, access = [] } = loaded;
  const reducing = [...new Set(access.flatMap(({ fields }) => fields))].filter((field) => has(app, field));
  const tables = linked(app);
  const rights = rightsOf(access);
  const [, within = "", after = ""] = script.split(/^(?:SECTION ACCESS|SECTION APPLICATION);$/im);
  return {
    identity: identityOf(access),
    serial: has(access, "SERIAL") ? "present" : "absent",
    people: peopleOf(principals),
    groups: groupsOf(principals),
    levels: levelsOf(access),
    rows: rowsOf(access, rights),
    rights,
    load: loadedBy(within),
    stars: starsOf(access, reducing),
    blanks: reducing.some((field) => cells(access, field).includes("")) ? "admin" : "none",
    reducing: countOf(reducing),
    place: placeOf(app, reducing),
    values: kindOf(app, reducing),
    shape: shapeOf(tables),
    keys: keysOf(tables),
    apart: apartOf(app, tables),
    data: dataOf(app, tables),
    source: loadedBy(after),
    omit: omitOf(access),
  };
}
