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

/** `userid,type,value`: a line for each value of an attribute, groups as type `group`. */
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

/** An entry a person, groups by `memberOf`. */
export function printLdif(people: readonly Principal[]): string {
  const entries = people.map((who) => {
    const others = attributesOf(who).map(([type, value]) =>
      type === "group" ? line("memberOf", `CN=${escaped(value)},OU=Groups`) : line(type, value),
    );
    return [
      line("dn", `CN=${escaped(who.id)},OU=People`),
      "objectClass: user",
      line("sAMAccountName", who.id),
      ...others,
    ];
  });
  return `version: 1\n\n${entries.map((lines) => `${lines.join("\n")}\n`).join("\n")}`;
}
