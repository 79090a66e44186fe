/** Laws about the rows of section access (S1–S3, S7, S8, S12, S13, S15, S16, S19, S22, S23, S28). */
import type { Principal, Value } from "../../../contract/types.ts";
import type { AccessTable } from "../../../reload/model.ts";
import {
  column,
  hasStar,
  isSame,
  isWithin,
  naming,
  ownRows,
  reducingFields,
  rewritten,
  speaksOf,
  withoutColumns,
  withRows,
  type Holds,
  type Row,
  type See,
  type Seen,
  type Setting,
} from "./law-worlds.ts";

export const stranger: Principal = { directory: "CORP", id: "zoe", groups: [], attributes: {}, session: {} };

function withAccess(setting: Setting, access: AccessTable): Setting {
  return { ...setting, access };
}

/** The verdict for everybody: false if false for one, undefined if nothing was said of anyone. */
export function forEach(setting: Setting, judge: (who: Principal) => boolean | undefined): boolean | undefined {
  const verdicts = setting.principals.map(judge).filter((verdict) => verdict !== undefined);
  return verdicts.length === 0 ? undefined : verdicts.every(Boolean);
}

export function withoutOmit(setting: Setting): Setting {
  return withAccess(
    setting,
    withoutColumns(setting.access, (field) => field === "OMIT"),
  );
}

function omitted({ fields }: NonNullable<Seen>, setting: Setting): string[] {
  return setting.app.flatMap((table) => table.fields).filter((field) => !fields.has(field));
}

/** S1: neither the order of rows nor their repetition matters. */
export const orderAndRepetition: Holds = (setting, see) => {
  const { access } = setting;
  const again = withAccess(setting, withRows(access, [...access.rows.toReversed(), ...access.rows.slice(0, 1)]));
  return forEach(setting, (who) => isSame(see(setting, who), see(again, who)));
};

/** S2: a further row for a user takes no data away. */
export const furtherRow: Holds = (given, see) => {
  const setting = withoutOmit(given);
  const { access } = setting;
  return forEach(setting, (who) => {
    const before = see(setting, who);
    if (before === undefined) return undefined;
    return access.rows.slice(0, 4).every((row) => {
      const more = withRows(access, [...access.rows, rewritten(access, row, naming(access, who))]);
      return isWithin(before, see({ ...setting, access: more }, who));
    });
  });
};

/** A value of the data for each reducing field, so that a new row brings something new where it can. */
function fromData(setting: Setting): { readonly [field: string]: Value } {
  const cells = reducingFields(setting).map((field) => {
    const table = setting.app.find((held) => held.fields.includes(field));
    const at = table?.fields.indexOf(field) ?? -1;
    const value = table?.rows.map((row) => row[at] ?? null).findLast((held) => held !== null) ?? "NOWHERE";
    return [field, value] as const;
  });
  return Object.fromEntries(cells);
}

/** Cells for somebody else: by name, or by a group nobody is in where there are only groups. */
function namingAnother(access: AccessTable): { readonly [field: string]: Value } {
  const cells = naming(access, stranger);
  return Object.keys(cells).join() === "GROUP" ? { GROUP: "ZOES" } : cells;
}

/** S3: a row for somebody else changes nothing for who holds no star. */
export const rowForAnother: Holds = (setting, see) => {
  const { access } = setting;
  const starred = [...reducingFields(setting), "OMIT"];
  if (Object.keys(naming(access, stranger)).length === 0) return undefined;
  const cells = { ...namingAnother(access), ...fromData(setting) };
  return forEach(setting, (who) => {
    if (hasStar(access, ownRows(setting, who), starred)) return undefined;
    return access.rows.slice(0, 3).every((row) => {
      const more = withRows(access, [...access.rows, rewritten(access, row, cells)]);
      return isSame(see(setting, who), see({ ...setting, access: more }, who));
    });
  });
};

/** S7: a further row never shows a hidden field again. */
export const omitGrows: Holds = (setting, see) => {
  const { access } = setting;
  if (column(access, "OMIT") < 0) return undefined;
  return forEach(setting, (who) => {
    const before = see(setting, who);
    if (before === undefined) return undefined;
    return access.rows.every((row) => {
      const after = see(
        { ...setting, access: withRows(access, [...access.rows, rewritten(access, row, naming(access, who))]) },
        who,
      );
      return after !== undefined && omitted(before, setting).every((field) => !after.fields.has(field));
    });
  });
};

function renamedCells(access: AccessTable, fields: readonly string[], rename: (name: string) => string): AccessTable {
  const columns = new Set(fields.map((field) => column(access, field)));
  const rows = access.rows.map((row) =>
    row.map((value, at): Value =>
      columns.has(at) && typeof value === "string" && value !== "*" ? rename(value) : value,
    ),
  );
  return withRows(access, rows);
}

/** Names without any likeness to the old ones, the same for the same name whatever its letter case. */
function numbered(): (name: string) => string {
  const known = new Map<string, number>();
  return (name) => {
    const key = name.toUpperCase();
    known.set(key, known.get(key) ?? known.size);
    return `${String.fromCodePoint(65 + ((known.get(key) ?? 0) % 26))}${known.get(key)}`;
  };
}

/** S8: other names for groups and users everywhere, and groups in another order, change nothing. */
export const otherNames: Holds = (setting, see) => {
  const rename = numbered();
  const access = renamedCells(setting.access, ["USERID", "GROUP", "NTNAME"], (name) =>
    name.includes("\\") ? `X\\${rename(name)}` : rename(name),
  );
  return forEach(setting, (who) => {
    const renamed = {
      ...who,
      directory: "X",
      id: rename(`${who.directory}\\${who.id}`),
      groups: who.groups.map(rename).reverse(),
    };
    return isSame(see(setting, who), see({ ...setting, access }, renamed));
  });
};

/** S12: a further group takes no data away. */
export const furtherGroup: Holds = (given, see) => {
  const setting = withoutOmit(given);
  if (!setting.access.fields.some((field) => field === "GROUP" || field === "NTNAME")) return undefined;
  return forEach(setting, (who) =>
    ["Sales", "Finance", "Board"].every((group) =>
      isWithin(see(setting, who), see(setting, { ...who, groups: [...who.groups, group] })),
    ),
  );
};

function listedIn(access: AccessTable, at: number): Value[] {
  return [...new Set(access.rows.map((row) => row[at] ?? null))].filter((value) => value !== "*" && value !== "");
}

function unstarred(access: AccessTable, field: string): AccessTable {
  const at = column(access, field);
  const listed = listedIn(access, at);
  const rows = access.rows.flatMap((row): Row[] =>
    row[at] === "*" && listed.length > 0 ? listed.map((value) => row.with(at, value)) : [row],
  );
  return withRows(access, rows);
}

/** S13: a star is one row for each listed value, in OMIT as well. */
export const starIsListing: Holds = (setting, see) => {
  const fields = [...reducingFields(setting), "OMIT"].filter((field) => column(setting.access, field) >= 0);
  if (!hasStar(setting.access, setting.access.rows, fields)) return undefined;
  const access = fields.reduce(unstarred, setting.access);
  return forEach(setting, (who) => isSame(see(setting, who), see({ ...setting, access }, who)));
};

/** S15: rows that do not speak of me do not matter where nothing is a star. */
export const onlyMyRows: Holds = (setting, see) => {
  const { access } = setting;
  if (hasStar(access, access.rows, [...reducingFields(setting), "OMIT"])) return undefined;
  return forEach(setting, (who) =>
    isSame(see(setting, who), see({ ...setting, access: withRows(access, ownRows(setting, who)) }, who)),
  );
};

function without(access: AccessTable, gone: Row): AccessTable {
  return withRows(
    access,
    access.rows.filter((row) => row !== gone),
  );
}

/** S16: taking one of my rows away shrinks my view or closes the app. */
export const fewerRows: Holds = (given, see) => {
  const setting = withoutOmit(given);
  const { access } = setting;
  const listsOn = (gone: Row): boolean =>
    reducingFields(setting).every((field) => listedIn(without(access, gone), column(access, field)).length > 0);
  return forEach(setting, (who) => {
    const mine = ownRows(setting, who).filter(listsOn);
    if (mine.length === 0) return undefined;
    const before = see(setting, who);
    return mine.every((gone) => isWithin(see({ ...setting, access: without(access, gone) }, who), before));
  });
};

/** S19: who is named nowhere, where no row is for everybody, is refused. */
export const namedNowhere: Holds = (setting, see) => {
  if (ownRows(setting, stranger).length > 0) return undefined;
  return see(setting, stranger) === undefined;
};

function atLevel(access: AccessTable, level: string): AccessTable {
  return withRows(
    access,
    access.rows.map((row) => rewritten(access, row, { ACCESS: level })),
  );
}

/** S22: ADMIN sees at least what USER sees with the same rows. */
export const adminSeesMore: Holds = (given, see) => {
  const setting = withoutOmit(given);
  const admin = withAccess(setting, atLevel(setting.access, "ADMIN"));
  return forEach(
    setting,
    (who) =>
      isWithin(see(setting, who), see(admin, who)) &&
      (see(setting, who) === undefined || see(admin, who) !== undefined),
  );
};

/** S23: the system fields of a row must all match; a star is anybody. */
export const rowsAreConjunctions: Holds = (setting, see) => {
  const { access } = setting;
  if (!access.fields.includes("USERID") || !access.fields.includes("GROUP")) return undefined;
  const both = (who: Principal, group: string): Setting => {
    const name = `${who.directory}\\${who.id}`;
    return withAccess(
      setting,
      withRows(
        withoutColumns(access, (field) => !["ACCESS", "USERID", "GROUP"].includes(field)),
        [["USER", name, group]],
      ),
    );
  };
  return forEach(setting, (who) =>
    setting.principals.every((other) =>
      ["Sales", "Finance", "*"].every((group) => {
        const opens = see(both(who, group), other) !== undefined;
        return opens === (other === who && (group === "*" || other.groups.includes(group)));
      }),
    ),
  );
};

/** S28: rights in two tables linked by the user are the same as in one. */
export const splitByUser = (
  setting: Setting,
  seeSplit: (tables: readonly AccessTable[], who: Principal) => Seen,
  see: See,
): boolean | undefined => {
  const { access } = setting;
  if (!access.fields.includes("USERID") || access.fields.includes("GROUP")) return undefined;
  const apart = new Set(["ACCESS", "SERIAL"]);
  const who = withoutColumns(access, (field) => field !== "USERID" && !apart.has(field));
  const what = { ...withoutColumns(access, (field) => apart.has(field)), name: "Values" };
  if (what.fields.length < 2) return undefined;
  return forEach(setting, (asking) => isSame(see(setting, asking), seeSplit([who, what], asking)));
};

/** The helpers agree with the spec about whom a row speaks of (a check on the laws themselves). */
export const helpersAgree: Holds = (setting, see) => {
  const bare = withoutColumns(setting.access, (field) => reducingFields(setting).includes(field));
  return forEach(setting, (who) => {
    const named = bare.rows.some((row) => speaksOf(bare, row, who));
    return named === (see({ ...setting, access: bare }, who) !== undefined);
  });
};
