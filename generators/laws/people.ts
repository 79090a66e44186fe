/** Laws about whom rows speak of. */
import type { Principal, Value } from "../../contract/types.ts";
import { fullName } from "../directory.ts";
import { naming, type Posed, type Law, strictly, same, noLess } from "./posing.ts";
import {
  type Setting,
  column,
  cellsOf,
  isStar,
  reducingFields,
  listed,
  namingFields,
  ownRows,
  holdsStar,
  isPlainUser,
  withRows,
  withoutColumns,
  without,
  withoutOmit,
  rewritten,
  named,
  stranger,
  fromData,
  withRow,
} from "./setting.ts";

const plain = { reading: naming, oneTable: false, guardedFor: "", guard: (): boolean => true } as const;

/** Names without any likeness to the old ones, the same for the same name whatever its letter case. */
function numbered(): (name: string) => string {
  const known = new Map<string, number>();
  return (name) => {
    const key = name.toUpperCase();
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    return `${String.fromCodePoint(65 + (number % 26))}${number}`;
  };
}

const otherNames: Law = {
  ...plain,
  id: "S8",
  says: "shows the same when users and groups have other names everywhere",
  because: ["SA-SYS-02", "SA-SYS-04"],
  pose: (setting, who) => {
    const rename = numbered();
    const columns = new Set(namingFields(setting).map((field) => column(setting.access, field)));
    const other = (cell: Value): Value => {
      if (typeof cell !== "string" || isStar(cell) || cell === "") return cell;
      return cell.includes("\\") ? `X\\${rename(cell)}` : rename(cell);
    };
    const rows = setting.access.rows.map((row) => row.map((cell, at) => (columns.has(at) ? other(cell) : cell)));
    const renamed = (one: Principal): Principal => ({
      ...one,
      directory: "X",
      id: rename(fullName(one)),
      groups: one.groups.map(rename).toReversed(),
    });
    const changed = { ...withRows(setting, rows), principals: setting.principals.map(renamed) };
    return columns.size === 0 ? undefined : same(setting, changed, who, { as: renamed(who) });
  },
};

const furtherGroup: Law = {
  ...plain,
  id: "S12",
  says: "shows no less to who is in one more group",
  because: ["SA-SYS-04", "SA-ROW-04", "SA-STR-01"],
  reading: strictly,
  guardedFor: "the group's row may be blank beside a value, or of another level",
  guard: (setting, who) => {
    const more = joining(setting, who);
    return more === undefined || isPlainUser(setting, more);
  },
  pose: (given, who) => {
    const setting = withoutOmit(given);
    const more = joining(setting, who);
    if (more === undefined) return undefined;
    const principals = setting.principals.map((one) => (one === who ? more : one));
    return noLess(setting, { ...setting, principals }, who, { as: more });
  },
};

/** The person in the first listed group he is not in yet. */
function joining({ access }: Setting, who: Principal): Principal | undefined {
  const held = new Set(who.groups.map((group) => group.toUpperCase()));
  const names = [...listed(access, "GROUP"), ...listed(access, "NTNAME")].map(String);
  const group = names.find((name) => !name.includes("\\") && !held.has(name.toUpperCase()));
  return group === undefined ? undefined : { ...who, groups: [...who.groups, group] };
}

const namedNowhere: Law = {
  ...plain,
  id: "S19",
  says: "shows who is named nowhere what it shows him when only somebody else is named",
  because: ["SA-ROW-06"],
  guardedFor: "a star in every naming column names everybody",
  guard: (setting) => ownRows(setting, stranger).length === 0,
  pose: (setting) => {
    const nobody = { ...stranger, id: "zed" };
    const row = rewritten(setting.access, setting.access.rows[0] ?? [], {
      ACCESS: "USER",
      ...named(setting, nobody),
      GROUP: "ZEDS",
    });
    if (namingFields(setting).length === 0) return undefined;
    const base = { ...setting, principals: [...setting.principals, stranger] };
    return same(base, withRows(base, [row]), stranger);
  },
};

const conjunction: Law = {
  ...plain,
  id: "S23",
  says: "shows the same after a row that names him and a group he is not in",
  because: ["SA-ROW-01"],
  guardedFor: "who is in the group is spoken of; a star grows with what the row lists",
  guard: (setting, who) =>
    !who.groups.some((group) => group.toUpperCase() === "ZOES") &&
    !holdsStar(setting, ownRows(setting, who), [...reducingFields(setting), "OMIT"]),
  pose: (setting, who) => {
    const fields = namingFields(setting);
    if (!fields.includes("USERID") || !fields.includes("GROUP")) return undefined;
    return same(
      setting,
      withRow(setting, { ...fromData(setting), USERID: fullName(who), GROUP: "ZOES", OMIT: "" }),
      who,
    );
  },
};

const splitByUser: Law = {
  ...plain,
  id: "S28",
  says: "shows the same when the rights stand in two tables that the user links",
  because: ["SA-SCR-04"],
  guardedFor: "how a star links two security tables is not documented",
  guard: (setting) => !cellsOf(setting.access, "USERID").some(isStar),
  pose: (setting, who): Posed | undefined => {
    if (namingFields(setting).join() !== "USERID") return undefined;
    const apart = new Set(["ACCESS", "SERIAL", "USER.EMAIL"]);
    const what = without(setting.access, (field) => apart.has(field));
    if (what.fields.length < 2) return undefined;
    const who1 = withoutColumns(setting, (field) => field !== "USERID" && !apart.has(field));
    return same(setting, { ...who1, more: [{ ...what, name: "Values" }] }, who);
  },
};

export const lawsOfPeople: readonly Law[] = [otherNames, furtherGroup, namedNowhere, conjunction, splitByUser];
