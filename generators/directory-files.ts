/** A user directory as its exports: the table pair an ODBC connector reads, and LDIF. */
import type { Principal } from "../contract/types.ts";

function cell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function table(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\n`).join("");
}

function attributesOf({ groups, attributes }: Principal): readonly (readonly [type: string, value: string])[] {
  return Object.entries({ ...attributes, group: groups }).flatMap(([type, values]) =>
    values.map((value) => [type, value] as const),
  );
}

/** `userid,name`: the table of users. A connector reads one directory, so that is named in its settings, not here. */
export function printConnectorUsers(people: readonly Principal[]): string {
  return table([["userid", "name"], ...people.map(({ id }) => [id, id])]);
}

/** `userid,type,value`: a line for each value of an attribute, groups as type `group`, flat (SR-402). */
export function printConnectorAttributes(people: readonly Principal[]): string {
  const lines = people.flatMap((who) => attributesOf(who).map((pair) => [who.id, ...pair]));
  return table([["userid", "type", "value"], ...lines]);
}

/** RFC 2849: what is not plain ASCII, or begins or ends so that it could be misread, is written in base64. */
function line(name: string, value: string): string {
  const isPlain = /^[\x21-\x39\x3b\x3d-\x7e][\x20-\x7e]*$/.test(value) && !value.endsWith(" ");
  return isPlain ? `${name}: ${value}` : `${name}:: ${Buffer.from(value, "utf8").toString("base64")}`;
}

function escaped(name: string): string {
  return name.replaceAll(/[\\,+"<>;=#]/g, "\\$&");
}

function groupName(name: string): string {
  return `CN=${escaped(name)},OU=Groups`;
}

/** Groups that are members of others, over which whoever is in the inner is in the outer. */
export interface Memberships {
  readonly [group: string]: readonly string[];
}

/** All a group is a member of, over any number of others. */
function reached(group: string, memberships: Memberships): ReadonlySet<string> {
  const found = new Set(memberships[group] ?? []);
  for (const outer of found) for (const next of memberships[outer] ?? []) found.add(next);
  return found;
}

/** The groups somebody is in himself: not those he is in over another. */
function direct(groups: readonly string[], memberships: Memberships): readonly string[] {
  const over = new Set(groups.flatMap((group) => [...reached(group, memberships)]));
  return groups.filter((group) => !over.has(group));
}

function groupEntry([group, outers]: readonly [string, readonly string[]]): readonly string[] {
  return [
    line("dn", groupName(group)),
    "objectClass: group",
    ...outers.map((outer) => line("memberOf", groupName(outer))),
  ];
}

function personEntry(who: Principal, memberships: Memberships): readonly string[] {
  const groups = direct(who.groups, memberships).map((group) => line("memberOf", groupName(group)));
  const others = attributesOf({ ...who, groups: [] }).map(([type, value]) => line(type, value));
  return [
    line("dn", `CN=${escaped(who.id)},OU=People`),
    "objectClass: user",
    line("sAMAccountName", who.id),
    ...others,
    ...groups,
  ];
}

/** An entry a person, groups by `memberOf`; an entry each for groups that are members of others. */
export function printLdif(people: readonly Principal[], memberships: Memberships = {}): string {
  const entries = [
    ...Object.entries(memberships).map(groupEntry),
    ...people.map((who) => personEntry(who, memberships)),
  ];
  return `version: 1\n\n${entries.map((lines) => `${lines.join("\n")}\n`).join("\n")}`;
}
