/** Laws about data and values (S4–S6, S9–S11, S14, S17, S18, S20, S21, S26, S27). */
import type { Principal, Value } from "../../../contract/types.ts";
import type { AccessTable, AppTable } from "../../../reload/model.ts";
import { forEach, withoutOmit } from "./laws-of-rights.ts";
import {
  cellText,
  column,
  hasStar,
  isSame,
  isWithin,
  naming,
  ownRows,
  reducingFields,
  rewritten,
  rowsOf,
  sameRows,
  withoutColumns,
  withRows,
  type Holds,
  type Row,
  type Seen,
  type Setting,
} from "./law-worlds.ts";

function union(a: Seen, b: Seen): Seen {
  const rows = new Map(rowsOf(a));
  for (const [row, times] of rowsOf(b)) rows.set(row, Math.max(times, rows.get(row) ?? 0));
  return { rows, fields: new Set() };
}

/** My rows in two halves, everybody else's in both. */
function halves(setting: Setting, who: Principal): [Setting, Setting] | undefined {
  const mine = ownRows(setting, who);
  if (mine.length < 2) return undefined;
  const first = new Set(mine.slice(0, Math.ceil(mine.length / 2)));
  const keep = (fits: (row: Row) => boolean): Setting => ({
    ...setting,
    access: withRows(
      setting.access,
      setting.access.rows.filter((row) => !mine.includes(row) || fits(row)),
    ),
  });
  return [keep((row) => first.has(row)), keep((row) => !first.has(row))];
}

function twoHalves(fits: (fields: number) => boolean, judge: (whole: Seen, parts: Seen) => boolean): Holds {
  return (given, see) => {
    const setting = withoutOmit(given);
    const fields = reducingFields(setting);
    if (!fits(fields.length)) return undefined;
    return forEach(setting, (who) => {
      const parts = halves(setting, who);
      if (parts === undefined || hasStar(setting.access, ownRows(setting, who), fields)) return undefined;
      const [one, other] = [see(parts[0], who), see(parts[1], who)];
      if (one === undefined || other === undefined) return undefined;
      return judge(see(setting, who), union(one, other));
    });
  };
}

/** S4: for one reducing field, two sets of rows show the union of what each shows. */
export const addsUp: Holds = twoHalves((fields) => fields === 1, sameRows);

/** S4: for more fields the union is only contained: pairs are lost (SA-RED-04). */
export const atLeastAddsUp: Holds = twoHalves(
  (fields) => fields > 1,
  (whole, parts) => isWithin(parts, whole),
);

/** The tempting wrong law: with several fields, too, the views add up exactly. Broken by every cross product. */
export const addsUpAlways: Holds = twoHalves((fields) => fields > 1, sameRows);

function joined(values: readonly Value[]): Value {
  return values.some((value) => value === null) ? null : values.map(String).join("|");
}

function withKey(table: AppTable | AccessTable, fields: readonly string[]): { fields: string[]; rows: Row[] } {
  const columns = fields.map((field) => table.fields.indexOf(field));
  const key = (row: Row): Value => joined(columns.map((at) => row[at] ?? null));
  return { fields: [...table.fields, "PAIR"], rows: table.rows.map((row) => [...row, key(row)]) };
}

/** S5: one concatenated key shows a part of what the separate fields show, and all of it for a full product. */
export const concatenatedKey: Holds = (given, see) => {
  const setting = withoutOmit(given);
  const [table] = setting.app;
  const fields = reducingFields(setting);
  if (table === undefined || fields.length < 2) return undefined;
  const app = [{ ...table, ...withKey(table, fields) }];
  const keyed = withKey(setting.access, fields);
  const access = withoutColumns({ ...setting.access, ...keyed }, (field) => fields.includes(field));
  return forEach(setting, (who) => {
    const mine = ownRows(setting, who);
    if (mine.length === 0 || hasStar(setting.access, setting.access.rows, fields)) return undefined;
    const byFields = see({ ...setting, app }, who);
    const byKey = see({ access, app }, who);
    const sets = fields.map((field) => new Set(mine.map((row) => row[column(setting.access, field)])).size);
    const pairs = new Set(mine.map((row) => JSON.stringify(fields.map((field) => row[column(setting.access, field)]))))
      .size;
    const full = pairs === sets.reduce((product, size) => product * size, 1);
    return isWithin(byKey, byFields) && (!full || sameRows(byKey, byFields));
  });
};

/** S5x: rows for the whole cross product of my values change nothing. */
export const crossProduct: Holds = (given, see) => {
  const setting = withoutOmit(given);
  const { access } = setting;
  const fields = reducingFields(setting);
  if (fields.length < 2) return undefined;
  return forEach(setting, (who) => {
    const mine = ownRows(setting, who);
    if (mine.length < 2) return undefined;
    const more = mine.flatMap((row) =>
      mine.map((other) =>
        row.map((value, at) => (at === column(access, fields[0] ?? "") ? (other[at] ?? null) : value)),
      ),
    );
    return isSame(see(setting, who), see({ ...setting, access: withRows(access, [...access.rows, ...more]) }, who));
  });
};

function projected(seen: Seen, setting: Setting, fields: ReadonlySet<string>): Seen {
  const rows = new Map<string, number>();
  for (const [row, times] of rowsOf(seen)) {
    const [name, ...cells] = JSON.parse(row) as Value[];
    const table = setting.app.find((held) => held.name === name);
    const kept = cells.filter((_, at) => fields.has(table?.fields[at] ?? ""));
    const key = JSON.stringify([name, ...kept]);
    rows.set(key, (rows.get(key) ?? 0) + times);
  }
  return { rows, fields };
}

/** S6, S26: OMIT takes columns away and leaves the rows: reducing then hiding is hiding what was reduced. */
export const omitLeavesRows: Holds = (setting, see) => {
  if (column(setting.access, "OMIT") < 0) return undefined;
  return forEach(setting, (who) => {
    const hidden = see(setting, who);
    const whole = see(withoutOmit(setting), who);
    if (hidden === undefined || whole === undefined) return hidden === whole;
    return sameRows(hidden, projected(whole, setting, hidden.fields));
  });
};

function otherValue(value: Value): Value {
  if (typeof value === "number") return value + 1000;
  return typeof value === "string" && value !== "*" && value !== "" ? `Z${value}` : value;
}

function renamedColumns<Table extends AppTable | AccessTable>(table: Table, fields: readonly string[]): Table {
  const rows = table.rows.map((row) =>
    row.map((value, at) => (fields.includes(table.fields[at] ?? "") ? otherValue(value) : value)),
  );
  return { ...table, rows };
}

/** How many rows show, by table. */
function counts(seen: Seen): string {
  const lines = [...rowsOf(seen).entries()].map(
    ([row, times]) => `${cellText((JSON.parse(row) as Value[])[0])} ${times}`,
  );
  return lines.sort().join();
}

/** S9: other values in table and data alike show the same records. */
export const otherValues: Holds = (given, see) => {
  const setting = withoutOmit(given);
  const fields = reducingFields(setting);
  if (fields.length === 0) return undefined;
  const app = setting.app.map((table) => renamedColumns(table, fields));
  const access = renamedColumns(setting.access, fields);
  return forEach(setting, (who) => {
    const [before, after] = [see(setting, who), see({ access, app }, who)];
    return (before === undefined) === (after === undefined) && counts(before) === counts(after);
  });
};

/** S9: letter case of an inline security table does not matter. */
export const lowerCaseRights: Holds = (setting, see) => {
  if (setting.access.inline.includes(false)) return undefined;
  const rows = setting.access.rows.map((row) =>
    row.map((value) => (typeof value === "string" ? value.toLowerCase() : value)),
  );
  const access = {
    ...withRows(setting.access, rows),
    fields: setting.access.fields.map((field) => field.toLowerCase()),
  };
  return forEach(setting, (who) => isSame(see(setting, who), see({ ...setting, access }, who)));
};

function withData(setting: Setting, rows: readonly Row[]): Setting {
  return { ...setting, app: setting.app.map((table) => ({ ...table, rows })) };
}

/** S10: parts of the data, cut anyhow, show together what the whole shows. */
export const partsAddUp: Holds = (given, see) => {
  const setting = withoutOmit(given);
  const all = setting.app[0]?.rows ?? [];
  return forEach(setting, (who) => {
    const even = see(
      withData(
        setting,
        all.filter((_, at) => at % 2 === 0),
      ),
      who,
    );
    const odd = see(
      withData(
        setting,
        all.filter((_, at) => at % 2 === 1),
      ),
      who,
    );
    const sum = new Map(rowsOf(even));
    for (const [row, times] of rowsOf(odd)) sum.set(row, times + (sum.get(row) ?? 0));
    return sameRows(see(setting, who), { rows: sum, fields: new Set() });
  });
};

/** S11: a new record leaves the old ones as visible as they were. */
export const newRecord: Holds = (given, see) => {
  const setting = withoutOmit(given);
  const all = setting.app[0]?.rows ?? [];
  if (all.length < 2) return undefined;
  const fewer = withData(setting, all.slice(0, -1));
  const last = JSON.stringify([setting.app[0]?.name, ...(all.at(-1) ?? [])]);
  return forEach(setting, (who) => {
    const [before, after] = [rowsOf(see(fewer, who)), new Map(rowsOf(see(setting, who)))];
    const times = (after.get(last) ?? 0) - (before.has(last) || after.has(last) ? 1 : 0);
    if (times > 0) after.set(last, times);
    else after.delete(last);
    return sameRows({ rows: before, fields: new Set() }, { rows: after, fields: new Set() });
  });
};

function valuesSeen(seen: Seen, table: AppTable, field: string): Value[] {
  const at = table.fields.indexOf(field);
  return [...rowsOf(seen).keys()].map((row) => (JSON.parse(row) as Value[])[at + 1] ?? null);
}

/** S14: nobody who is reduced sees a value that is listed nowhere. */
export const listedNowhere: Holds = (given, see) => {
  const setting = withoutOmit(given);
  const [table] = setting.app;
  const fields = reducingFields(setting);
  if (table === undefined || fields.length === 0) return undefined;
  return forEach(setting, (who) =>
    fields.every((field) => {
      const at = column(setting.access, field);
      const listed = new Set(setting.access.rows.map((row) => cellText(row[at]).toUpperCase()));
      return valuesSeen(see(setting, who), table, field).every((value) => listed.has(cellText(value)));
    }),
  );
};

/** S17: users whose values of one field differ throughout see no record in common. */
export const disjointUsers: Holds = (given, see) => {
  const setting = withoutOmit(given);
  const fields = reducingFields(setting);
  if (hasStar(setting.access, setting.access.rows, fields)) return undefined;
  const values = (who: Principal, field: string): string[] =>
    ownRows(setting, who).map((row) => cellText(row[column(setting.access, field)]));
  return forEach(setting, (who) => {
    const apart = setting.principals.filter((other) =>
      fields.some((field) => values(other, field).every((value) => !values(who, field).includes(value))),
    );
    const others = apart.filter((other) => other !== who && ownRows(setting, other).length > 0);
    if (others.length === 0 || ownRows(setting, who).length === 0) return undefined;
    return others.every((other) =>
      [...rowsOf(see(setting, who)).keys()].every((row) => !rowsOf(see(setting, other)).has(row)),
    );
  });
};

/** S18: one reducing column less only widens. */
export const columnLess: Holds = (given, see) => {
  const setting = withoutOmit(given);
  const fields = reducingFields(setting);
  if (fields.length === 0) return undefined;
  return forEach(setting, (who) =>
    fields.every((gone) =>
      isWithin(
        see(setting, who),
        see({ ...setting, access: withoutColumns(setting.access, (field) => field === gone) }, who),
      ),
    ),
  );
};

/** S20: asking again, with others in between, shows the same. */
export const askingAgain: Holds = (setting, see) => {
  const first = setting.principals.map((who) => see(setting, who));
  return setting.principals
    .toReversed()
    .every((who) => isSame(first[setting.principals.indexOf(who)], see(setting, who)));
};

/** S21: a row that names a record's values shows it; without any row that fits, it is gone. */
export const pivot: Holds = (given, see) => {
  const setting = withoutOmit(given);
  const { access } = setting;
  const [table] = setting.app;
  const fields = reducingFields(setting);
  const at = (field: string): number => table?.fields.indexOf(field) ?? -1;
  const reachable = (row: Row): boolean =>
    fields.every((field) => typeof row[at(field)] === "number" || /^[^a-z]+$/.test(cellText(row[at(field)] ?? "-a")));
  const record = table?.rows.find(reachable);
  if (table === undefined || record === undefined || fields.length === 0) return undefined;
  const key = JSON.stringify([table.name, ...record]);
  return forEach(setting, (who) => {
    const values = Object.fromEntries(fields.map((field) => [field, record[at(field)] ?? null]));
    const template = rewritten(access, access.rows[0] ?? [], {
      ...naming(access, who),
      ...values,
      SERIAL: "*",
      ACCESS: "USER",
    });
    const shown = see({ ...setting, access: withRows(access, [...access.rows, template]) }, who);
    const [first = ""] = fields;
    const fits = (row: Row): boolean =>
      row[column(access, first)] === "*" || row[column(access, first)] === values[first];
    const mine = new Set(ownRows(setting, who).filter(fits));
    const kept = withRows(
      access,
      access.rows.filter((row) => !mine.has(row)),
    );
    return rowsOf(shown).has(key) && !rowsOf(see({ ...setting, access: kept }, who)).has(key);
  });
};

/** S27: what was reduced once is not reduced further. */
export const reducedAgain = (
  setting: Setting,
  see: (setting: Setting, who: Principal) => Seen,
  shown: (who: Principal) => readonly AppTable[] | undefined,
): boolean | undefined =>
  forEach(setting, (who) => {
    const app = shown(who);
    if (app === undefined) return undefined;
    return sameRows(see(setting, who), see({ ...setting, app }, who));
  });
