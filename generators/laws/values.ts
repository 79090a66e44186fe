/** Laws about the values of reducing fields. */
import type { Principal, Value } from "../../contract/types.ts";
import { naming, type LawAsk, type Law, strictly, same, noLess, noMore, sumOf } from "./posing.ts";
import {
  type Row,
  type Setting,
  said,
  column,
  cellsOf,
  isStar,
  reducingFields,
  ownRows,
  isPlainUser,
  withRows,
  withoutColumns,
  withoutOmit,
  isStarless,
  raised,
} from "./setting.ts";

const strict = { reading: strictly, oneTable: true, guard: isPlainUser } as const;
const plain = { reading: naming, oneTable: false, guardedFor: "", guard: (): boolean => true } as const;

/** My rows in two halves, everybody else's in both. */
function halves(setting: Setting, who: Principal): readonly [Setting, Setting] | undefined {
  const mine = ownRows(setting, who);
  if (mine.length < 2) return undefined;
  const first = new Set(mine.slice(0, Math.ceil(mine.length / 2)));
  const keep = (fits: (row: Row) => boolean): Setting =>
    withRows(
      setting,
      setting.access.rows.filter((row) => !mine.includes(row) || fits(row)),
    );
  return [keep((row) => first.has(row)), keep((row) => !first.has(row))];
}

const addsUp: Law = {
  ...strict,
  id: "S4",
  says: "shows by two sets of rows of one field what both show together",
  because: ["SA-ROW-04", "SA-RED-03", "SA-STR-01"],
  guardedFor: "several fields lose the pairing of values: what they show together is the cross product",
  guard: (setting, who) => isStarless(setting, who) && reducingFields(setting).length === 1,
  pose: (given, who) => {
    const setting = withoutOmit(given);
    const parts = halves(setting, who);
    return parts === undefined || reducingFields(setting).length === 0 ? undefined : sumOf(setting, parts, who);
  },
};

const atLeastAddsUp: Law = {
  ...strict,
  id: "S4 superset",
  oneTable: false,
  says: "shows by several fields at least what each set of rows shows",
  because: ["SA-RED-04", "SA-ROW-04"],
  guardedFor: "a blank in one half shows ADMIN everything",
  guard: isStarless,
  pose: (given, who) => {
    const setting = withoutOmit(given);
    const parts = halves(setting, who);
    if (parts === undefined || reducingFields(setting).length < 2) return undefined;
    const ask = (id: string, at: string): LawAsk => ({ id, at, as: who, through: "tables" });
    const relation = { holds: "within", to: ["whole"] } as const;
    return {
      worlds: { main: setting, one: parts[0], other: parts[1] },
      asks: [ask("whole", "main"), { ...ask("one", "one"), relation }, { ...ask("other", "other"), relation }],
    };
  },
};

function joined(values: readonly Value[]): Value {
  return values.some((value) => value === null) ? null : values.map(said).join("|");
}

/** A further field that joins the reducing fields of a row. */
function withPair(setting: Setting, fields: readonly string[]): Setting {
  const pairOf = (table: { readonly fields: readonly string[] }, row: Row): Value =>
    joined(fields.map((field) => row[column(table, field)] ?? null));
  const app = setting.app.map((table) => ({
    ...table,
    fields: [...table.fields, "PAIR"],
    // In the data only upper case matches, and so it has to stay as it is.
    rows: table.rows.map((row) => [...row, raised(table.fields, row, fields) ? pairOf(table, row) : null]),
  }));
  const { access } = setting;
  const rows = access.rows.map((row) => [...row, pairOf(access, row)]);
  return { ...setting, app, access: { ...access, fields: [...access.fields, "PAIR"], rows } };
}

const concatenatedKey: Law = {
  ...strict,
  id: "S5",
  says: "shows by one key made of two fields no more than by both fields",
  because: ["SA-RED-05"],
  guardedFor: "a key that no record holds shows ADMIN everything",
  pose: (given, who) => {
    const setting = withoutOmit(given);
    const fields = reducingFields(setting);
    if (fields.length < 2 || setting.app.some(({ fields: held }) => !fields.every((field) => held.includes(field))))
      return undefined;
    const both = withPair(setting, fields);
    return noMore(
      withoutColumns(both, (field) => field === "PAIR"),
      withoutColumns(both, (field) => fields.includes(field)),
      who,
    );
  },
};

const crossProduct: Law = {
  ...plain,
  id: "S5x",
  says: "shows the same after rows for every combination of his values",
  because: ["SA-RED-04", "SA-ROW-08"],
  pose: (given, who) => {
    const setting = withoutOmit(given);
    const [first] = reducingFields(setting);
    const mine = ownRows(setting, who);
    if (first === undefined || reducingFields(setting).length < 2 || mine.length < 2) return undefined;
    const at = column(setting.access, first);
    const more = mine.flatMap((row) => mine.map((other) => row.with(at, other[at] ?? null)));
    return same(setting, withRows(setting, [...setting.access.rows, ...more]), who);
  },
};

function otherValue(value: Value): Value {
  if (typeof value === "number") return value + 1000;
  return typeof value === "string" && !isStar(value) && value !== "" ? `Z${value}` : value;
}

const otherValues: Law = {
  ...plain,
  id: "S9",
  says: "counts the same when reducing values are others in table and data alike",
  because: ["SA-RED-01"],
  reading: {},
  guardedFor: "a value whose text is not its number's is another value when only one of the two changes",
  guard: (setting) =>
    reducingFields(setting).every((field) =>
      [setting.access, ...setting.app].every((table) =>
        cellsOf(table, field).every((cell) => cell === null || typeof cell !== "object"),
      ),
    ),
  pose: (given, who) => {
    const setting = withoutOmit(given);
    const fields = new Set(reducingFields(setting));
    if (fields.size === 0) return undefined;
    const changed = <Table extends Setting["access"] | Setting["app"][number]>(table: Table): Table => ({
      ...table,
      rows: table.rows.map((row) =>
        row.map((cell, at) => (fields.has(table.fields[at] ?? "") ? otherValue(cell) : cell)),
      ),
    });
    const other = { ...setting, access: changed(setting.access), app: setting.app.map(changed) };
    return same(setting, other, who, { through: "counts" });
  },
};

const lowerCaseRights: Law = {
  ...plain,
  id: "S9 case",
  says: "shows the same when an inline security table is written in lower case",
  because: ["SA-CASE-01", "SA-CASE-03"],
  reading: {},
  guardedFor: "values that are not loaded inline may stay as they are",
  guard: ({ access }) => access.inline.every(Boolean),
  pose: (setting, who) => {
    const { access } = setting;
    const rows = access.rows.map((row) => row.map((cell) => (typeof cell === "string" ? cell.toLowerCase() : cell)));
    const fields = access.fields.map((field) => field.toLowerCase());
    return same(setting, { ...setting, access: { ...access, fields, rows } }, who);
  },
};

const columnLess: Law = {
  ...plain,
  id: "S18",
  says: "shows no less without one of the reducing columns",
  because: ["SA-RED-04"],
  pose: (given, who) => {
    const setting = withoutOmit(given);
    const [gone] = reducingFields(setting);
    return gone === undefined
      ? undefined
      : noLess(
          setting,
          withoutColumns(setting, (field) => field === gone),
          who,
        );
  },
};

export const lawsOfValues: readonly Law[] = [
  addsUp,
  atLeastAddsUp,
  concatenatedKey,
  crossProduct,
  otherValues,
  lowerCaseRights,
  columnLess,
];
