/** What a user is called in each system field, and which names are system fields (§3). */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal, Value } from "../../contract/types.ts";
import type { Selection } from "./propagation.ts";
import { isBlank, isStar, textOf, upperText } from "./values.ts";

export const identityFields = ["USERID", "GROUP", "NTNAME", "USER.EMAIL"] as const;
/** What ACCESS can say. */
export type Level = "ADMIN" | "USER";

export type IdentityField = (typeof identityFields)[number];

/** Columns that name users on this release (SA-SYS-03, SA-SYS-04). */
export function namingFields(dialect: Dialect): readonly IdentityField[] {
  return identityFields.filter(
    (field) =>
      (field !== "GROUP" || dialect.groupColumn === "system") &&
      (field !== "USER.EMAIL" || dialect.userEmail !== "ordinary"),
  );
}

/** Names with a meaning of their own, by exact spelling (SA-SYS-07). */
export function isSystemField(field: string, dialect: Dialect): boolean {
  if (field === "SERIAL") return dialect.serial !== "ignored";
  return field === "ACCESS" || field === "OMIT" || namingFields(dialect).some((name) => name === field);
}

export function fullName(who: Principal): string {
  return `${who.directory}\\${who.id}`;
}

function groupsOf(who: Principal, dialect: Dialect): readonly string[] {
  const session = who.session["group"] ?? [];
  switch (dialect.groupSource) {
    case "directory":
      return who.groups;
    case "session":
      return session;
    case "union":
      return [...who.groups, ...session];
  }
}

function emailsOf(who: Principal, dialect: Dialect): readonly string[] {
  if (dialect.userEmail !== "email") return [];
  return [...(who.attributes["email"] ?? []), ...(who.session["email"] ?? [])];
}

/** What the user is called in each identity field. */
export function namesOf(who: Principal, dialect: Dialect): { readonly [field in IdentityField]: readonly string[] } {
  const groups = groupsOf(who, dialect);
  return {
    USERID: dialect.bareUserId ? [fullName(who), who.id] : [fullName(who)],
    GROUP: groups,
    NTNAME: [fullName(who), ...groups],
    "USER.EMAIL": emailsOf(who, dialect),
  };
}

/** Values of each system field that match the user: his own names in upper case (SA-SYS-08), and the star (SA-WLD-01). */
export function identitySelections(who: Principal, dialect: Dialect): Selection {
  const names = namesOf(who, dialect);
  return new Map(
    namingFields(dialect).map((field) => {
      const own = new Set(names[field].map(upperText));
      const matches = (value: Value): boolean =>
        isBlank(value) ? dialect.blankIdentity === "anybody" : isStar(value) || own.has(textOf(value));
      return [field, matches];
    }),
  );
}
