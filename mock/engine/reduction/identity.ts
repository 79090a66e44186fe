/** Names a user answers to in section access, and which columns are asked for them. */
import type { Dialect } from "../../../catalogue/dialects.ts";
import type { Principal } from "../../../contract/types.ts";

/** Names a user answers to, by section-access field. */
export type IdentityNames = { readonly [field: string]: readonly string[] };

/** Columns of section access that name users on this release (SA section 3). */
export function identityFields(dialect: Dialect): readonly string[] {
  const columns: { readonly [field: string]: boolean } = {
    USERID: true,
    GROUP: dialect.groupColumn === "system",
    NTNAME: true,
    "USER.EMAIL": dialect.userEmail !== "ordinary",
    SERIAL: dialect.serial !== "ignored",
  };
  return Object.keys(columns).filter((field) => columns[field]);
}

/** Of those, the columns one of which must be there (SA-SYS-01); undefined where any column does. */
export function requiredFields(dialect: Dialect): readonly string[] | undefined {
  if (dialect.identityColumns === "any") return undefined;
  return identityFields(dialect).filter((field) => field === "USERID" || field === "USER.EMAIL");
}

/** Columns with a meaning of their own, which reduce only where the dialect says so (SA-SCR-08). */
export function systemFields(dialect: Dialect): readonly string[] {
  return [...identityFields(dialect), "ACCESS", "OMIT"];
}

/** USERID is `DIRECTORY\id` (SA-SYS-02), NTNAME that or a group (SA-SYS-06), SERIAL always `QLIKSENSE` (SA-SYS-05). */
export function identityNames(who: Principal, dialect: Dialect): IdentityNames {
  const fullName = `${who.directory}\\${who.id}`;
  const groups = groupsOf(who, dialect);
  const emails = [...(who.attributes["email"] ?? []), ...(who.session["email"] ?? [])];
  return {
    USERID: dialect.bareUserId ? [fullName, who.id] : [fullName],
    GROUP: groups,
    NTNAME: [fullName, ...groups],
    "USER.EMAIL": dialect.userEmail === "email" ? emails : [],
    SERIAL: dialect.serial === "qliksense" ? ["QLIKSENSE"] : [],
  };
}

function groupsOf(who: Principal, dialect: Dialect): readonly string[] {
  const session = who.session["group"] ?? [];
  switch (dialect.groupSource) {
    case "directory":
      return who.groups;
    case "session":
      return session;
    case "union":
      return [...new Set([...who.groups, ...session])];
  }
}
