/** Laws about the rows of section access. */
import type { Principal } from "../../contract/types.ts";
import { naming, type Law, strictly, same, noLess, noMore } from "./posing.ts";
import {
  type Row,
  type Cells,
  type Setting,
  column,
  cellsOf,
  isStar,
  reducingFields,
  listed,
  namingFields,
  speaksOf,
  ownRows,
  holdsStar,
  isPlainUser,
  withRows,
  withoutOmit,
  rewritten,
  named,
  stranger,
  fromData,
  withRow,
} from "./setting.ts";

const plain = { reading: naming, oneTable: false, guardedFor: "", guard: (): boolean => true } as const;

const orderAndRepetition: Law = {
  ...plain,
  id: "S1",
  says: "shows the same whatever the order of rows and however often one stands there",
  because: ["SA-ROW-04"],
  reading: { omitStar: "anywhere" },
  pose: (setting, who) => {
    const { rows } = setting.access;
    if (rows.length === 0) return undefined;
    return same(setting, withRows(setting, [...rows.toReversed(), ...rows]), who);
  },
};

const furtherRow: Law = {
  ...plain,
  id: "S2",
  says: "shows no less after a further row",
  because: ["SA-ROW-04", "SA-RED-03", "SA-STR-01"],
  reading: strictly,
  guardedFor: "a blank shows ADMIN everything until a value stands beside it, and values that match nothing do",
  guard: isPlainUser,
  pose: (given, who) => {
    const setting = withoutOmit(given);
    if (ownRows(setting, who).length === 0 || namingFields(setting).length === 0) return undefined;
    return noLess(setting, withRow(setting, { ...named(setting, who), ...fromData(setting) }), who);
  },
};

const rowForAnother: Law = {
  ...plain,
  id: "S3",
  says: "shows who holds no star the same after a row for somebody else",
  because: ["SA-SYS-02", "SA-RED-12"],
  guardedFor: "a star grows with what anybody lists",
  guard: (setting, who) => !holdsStar(setting, ownRows(setting, who), [...reducingFields(setting), "OMIT"]),
  pose: (setting, who) => {
    const fields = namingFields(setting);
    if (fields.length === 0 || ownRows(setting, stranger).length > 0) return undefined;
    // Who is named by groups alone is another by a group nobody is in.
    const another: Cells = fields.join() === "GROUP" ? { GROUP: "ZOES" } : named(setting, stranger);
    return same(setting, withRow(setting, { ...another, ...fromData(setting) }), who);
  },
};

function unstarred(setting: Setting, field: string): Setting {
  const { access } = setting;
  const at = column(access, field);
  const values = listed(access, field);
  const rows = access.rows.flatMap((row): readonly Row[] =>
    isStar(row[at]) ? values.map((value) => row.with(at, value)) : [row],
  );
  return withRows(setting, rows);
}

const starIsListing: Law = {
  ...plain,
  id: "S13",
  says: "shows by a star what one row for each listed value shows",
  because: ["SA-WLD-02", "SA-WLD-04", "SA-WLD-11"],
  reading: { ...naming, loneStar: "nothing", omitStar: "anywhere" },
  guardedFor: "a star with nothing listed beside it is a row that applies and lists no value",
  guard: (setting) => starred(setting).every((field) => listed(setting.access, field).length > 0),
  pose: (setting, who) => {
    const fields = starred(setting);
    return fields.length === 0 ? undefined : same(setting, fields.reduce(unstarred, setting), who);
  },
};

function starred(setting: Setting): readonly string[] {
  return [...reducingFields(setting), "OMIT"].filter((field) => cellsOf(setting.access, field).some(isStar));
}

const onlyMyRows: Law = {
  ...plain,
  id: "S15",
  says: "shows the same when the rows for others are gone",
  because: ["SA-SYS-02", "SA-ROW-04"],
  guardedFor: "a star stands for what others list",
  guard: (setting, who) => !holdsStar(setting, ownRows(setting, who), [...reducingFields(setting), "OMIT"]),
  pose: (setting, who) => {
    const mine = ownRows(setting, who);
    // A table without any row is no section access worth asking about.
    if (mine.length === setting.access.rows.length || mine.length === 0) return undefined;
    return same(setting, withRows(setting, mine), who);
  },
};

const fewerRows: Law = {
  ...plain,
  id: "S16",
  says: "shows no more by the first of his rows than by all of them",
  because: ["SA-ROW-04", "SA-STR-01"],
  reading: strictly,
  guardedFor: "without the value beside it a blank shows ADMIN everything",
  guard: (setting, who) => isPlainUser(setting, who) && fewer(setting, who).every((less) => isPlainUser(less, who)),
  pose: (given, who) => {
    const setting = withoutOmit(given);
    const [less] = fewer(setting, who);
    return less === undefined ? undefined : noMore(setting, less, who);
  },
};

/** Without his rows but the first. */
function fewer(setting: Setting, who: Principal): readonly Setting[] {
  const [first, ...more] = ownRows(setting, who);
  const gone = new Set(more);
  const rows = setting.access.rows.filter((row) => row === first || !gone.has(row));
  return more.length === 0 ? [] : [withRows(setting, rows)];
}

const adminSeesMore: Law = {
  ...plain,
  id: "S22",
  says: "shows ADMIN no less than USER with the same rows",
  because: ["SA-ACC-01", "SA-STR-04"],
  pose: (given, who) => {
    const setting = withoutOmit(given);
    const { access } = setting;
    if (ownRows(setting, who).length === 0) return undefined;
    const rows = access.rows.map((row) =>
      speaksOf(access, row, who) ? rewritten(access, row, { ACCESS: "ADMIN" }) : row,
    );
    return noLess(setting, withRows(setting, rows), who);
  },
};

export const lawsOfRows: readonly Law[] = [
  orderAndRepetition,
  furtherRow,
  rowForAnother,
  starIsListing,
  onlyMyRows,
  fewerRows,
  adminSeesMore,
];
