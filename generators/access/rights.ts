/** The tables of section access: records laid out in one table or several, with OMIT and the system fields wanted. */
import type { Value } from "../../contract/types.ts";
import type { AccessTable } from "../../reload/model.ts";
import type { Principal } from "../../contract/types.ts";
import { columnsFor, distinctRecords, makeRecords, nobody, type Column, type Record } from "./records.ts";
import type { Plan } from "./draft.ts";
import type { Model } from "./model.ts";
import { identityColumns, makeSubjects } from "./subjects.ts";
import { unknownField } from "./words.ts";

/** Cells by column; what a table lacks is blank. */
type Said = { readonly [column: string]: Value };

interface Sheet {
  readonly name: string;
  readonly fields: readonly string[];
  readonly said: Said[];
}

const omitGroups = ["PAYROLL", "PAY", "NAMES"] as const;
/** A sub key that no row of the sub table has: whoever bears it keeps his rows (SA-OMT-05). */
const danglingGroup = "GHOST";

function omitName(free: readonly string[], { dice }: Plan): string {
  return dice.chance(0.08) ? unknownField : (free[dice.below(free.length)] ?? unknownField);
}

/** Keys of the sub table; where they stand with the people, the rows of a name have one (SA-OMT-05). */
function putGroups(records: readonly Record[], { features, dice }: Plan): void {
  const known = new Map<string, string>();
  for (const record of records) {
    const name = JSON.stringify(record.subject.identity);
    const drawn = dice.chance(0.3) ? "" : dice.pick([...omitGroups, danglingGroup]);
    record.omit = features.rights === "values by key" ? (known.get(name) ?? drawn) : drawn;
    known.set(name, record.omit);
  }
}

/** OMIT cells beside the values: one name at least, and a star where such are wanted (SA-OMT-03). */
function putOmit(records: readonly Record[], model: Model, plan: Plan): void {
  const { features, dice } = plan;
  if (features.omit === "none") return;
  if (features.omit === "by key") {
    putGroups(records, plan);
    return;
  }
  for (const record of records) record.omit = dice.chance(0.55) ? omitName(model.free, plan) : "";
  if (features.omit === "column") {
    const [first] = records;
    if (first !== undefined && records.every(({ omit }) => omit === "")) first.omit = omitName(model.free, plan);
    return;
  }
  for (const record of records) if (dice.chance(0.25)) record.omit = "*";
  const some = dice.pick([records[0], ...records]);
  if (some !== undefined && records.every(({ omit }) => omit !== "*")) some.omit = "*";
}

/** Where a star stands and no name does, a row of nobody lists one. */
function withListedOmit(records: readonly Record[], model: Model, plan: Plan): Record[] {
  const [first] = records;
  const isListed = records.some(({ omit }) => omit !== "" && omit !== "*");
  if (plan.features.omit !== "star" || isListed || first === undefined) return [...records];
  return [...records, { ...first, subject: nobody(first.subject, "OMITTING"), omit: omitName(model.free, plan) }];
}

/** A second row for somebody, where several are wanted and nobody has them. */
function withSecondRow(records: readonly Record[], columns: readonly Column[], { features, dice }: Plan): Record[] {
  if (features.rows !== "several") return [...records];
  const names = records.map(({ subject }) => JSON.stringify(subject.identity));
  if (new Set(names).size < names.length) return [...records];
  const changed = records.flatMap((record) => {
    const second = secondRow(record, columns);
    return second === undefined ? [] : [second];
  });
  const second = changed[dice.below(changed.length)];
  return [...records, ...(second === undefined ? twoOfNobody(records, columns) : [second])];
}

/** Where all that is said is blank, somebody nobody is has two rows. */
function twoOfNobody(records: readonly Record[], columns: readonly Column[]): Record[] {
  const [first] = records;
  const at = columns.findIndex(({ linked }) => linked);
  const column = columns[at];
  if (first === undefined || column === undefined) return [];
  const subject = nobody(first.subject, "SECOND");
  return [column.domain[0], column.absent[0]].map((value) => ({
    ...first,
    subject,
    values: first.values.with(at, value),
  }));
}

/** The same with a value the data lack, or with OMIT the other way; never where a blank stands alone. */
function secondRow(record: Record, columns: readonly Column[]): Record | undefined {
  const at = columns.findIndex((column, of) => column.linked && record.values[of] !== "");
  const column = columns[at];
  if (column === undefined) return undefined;
  const other = JSON.stringify(record.values[at]) === JSON.stringify(column.absent[1]) ? 0 : 1;
  return { ...record, values: record.values.with(at, column.absent[other]) };
}

/** For worlds without values, OMIT tells the rows of a name apart. */
function withOtherOmit(records: readonly Record[], model: Model, plan: Plan): Record[] {
  const { features, dice } = plan;
  if (features.rows !== "several" || features.reducing !== "0") return [...records];
  const names = features.omit === "by key" ? omitGroups : model.free;
  return records.flatMap((record) => {
    const others = ["", ...names].filter((name) => name !== record.omit);
    return dice.chance(0.5) || record === records[0]
      ? [record, { ...record, omit: others[dice.below(others.length)] ?? "" }]
      : [record];
  });
}

function omitSheet(model: Model, plan: Plan): Sheet {
  const { dice } = plan;
  const listed = dice.some(omitGroups, 1 + dice.below(3));
  const said = listed.flatMap((group) =>
    dice.some(model.free, 1 + dice.below(2)).map((name) => ({ OMITGROUP: group, OMIT: name })),
  );
  if (dice.chance(0.25)) said.push({ OMITGROUP: listed[0] ?? "PAYROLL", OMIT: "*" });
  return { name: "OmitGroups", fields: ["OMITGROUP", "OMIT"], said };
}

/** Cells of a record as all layouts use them. */
function saidOf(record: Record, columns: readonly Column[], plan: Plan): Said {
  const { features, dice } = plan;
  return {
    ACCESS: record.subject.level,
    ...record.subject.identity,
    ...(features.serial === "present" ? { SERIAL: dice.chance(0.5) ? "*" : "QLIKSENSE" } : {}),
    ...Object.fromEntries(columns.map(({ name }, at) => [name, record.values[at] ?? ""])),
    [features.omit === "by key" ? "OMITGROUP" : "OMIT"]: record.omit,
  };
}

interface Laying {
  readonly said: readonly Said[];
  readonly identity: readonly string[];
  readonly serial: readonly string[];
  readonly values: readonly string[];
  readonly omit: readonly string[];
}

function keyed(said: readonly Said[], identity: readonly string[], field: string): Said[] {
  const names = said.map((one) => JSON.stringify([identity.map((column) => one[column]), one["ACCESS"]]));
  const known = [...new Set(names)];
  return said.map((one, at) => ({ ...one, [field]: `${field}${known.indexOf(names[at] ?? "") + 1}` }));
}

/** Rows that differ in the columns of the sheet. */
function different(said: readonly Said[], fields: readonly string[]): Said[] {
  return [...new Map(said.map((one) => [JSON.stringify(fields.map((field) => one[field])), one])).values()];
}

/** People and rights apart, or values apart, each behind a key of its own (SA-SCR-04). */
function sheetsOf({ said, identity, serial, values, omit }: Laying, plan: Plan): Sheet[] {
  switch (plan.features.rights) {
    case "one table":
      return [{ name: "Access", fields: ["ACCESS", ...identity, ...serial, ...values, ...omit], said: [...said] }];
    case "values by key": {
      const profiled = onceEach(keyed(said, identity, "PROFILE"), "PROFILE", ["SERIAL", "OMITGROUP"]);
      const people = ["ACCESS", ...identity, ...serial, "PROFILE", ...(omit[0] === "OMITGROUP" ? omit : [])];
      const listed = ["PROFILE", ...values, ...(omit[0] === "OMIT" ? omit : [])];
      return [
        { name: "Access", fields: people, said: different(profiled, people) },
        { name: "Profiles", fields: listed, said: different(profiled, listed) },
      ];
    }
    case "roles by key": {
      const bearing = onceEach(keyed(said, identity, "ROLE"), "ROLE", ["SERIAL"]);
      const people = [...identity, ...serial, "ROLE"];
      const rights = ["ROLE", "ACCESS", ...values, ...omit];
      return [
        { name: "People", fields: people, said: different(bearing, people) },
        { name: "Rights", fields: rights, said: different(bearing, rights) },
      ];
    }
  }
}

/** What stands in the people's table is said once of each name: the first row's holds. */
function onceEach(said: readonly Said[], key: string, columns: readonly string[]): Said[] {
  const first = new Map<Value, Said>();
  for (const one of said) if (!first.has(one[key] ?? "")) first.set(one[key] ?? "", one);
  return said.map((one) => {
    const held = columns.flatMap((column) => {
      const cell = first.get(one[key] ?? "")?.[column];
      return cell === undefined ? [] : [[column, cell] as const];
    });
    return { ...one, ...Object.fromEntries(held) };
  });
}

/** Equal rows, in the table of the values (SA-ROW-07). */
function repeated(sheets: readonly Sheet[], { features, dice }: Plan): Sheet[] {
  if (features.rows !== "repeated") return [...sheets];
  const last = sheets.findLastIndex(({ name }) => name !== "OmitGroups");
  return sheets.map((sheet, at) =>
    at === last ? { ...sheet, said: [...sheet.said, ...dice.some(sheet.said, 1 + dice.below(2))] } : sheet,
  );
}

function tableOf(sheet: Sheet, { features, dice }: Plan): AccessTable {
  const inline = features.load === "inline";
  const cell = (value: Value): Value => (inline || typeof value !== "string" ? value : value.toUpperCase());
  const shuffled = dice.shuffled(sheet.said);
  // What a star of OMIT stands for is listed above it: whether names below count is open (SA-OMT-03).
  const said = [...shuffled.filter(({ OMIT }) => OMIT !== "*"), ...shuffled.filter(({ OMIT }) => OMIT === "*")];
  const rows = said.map((one) => sheet.fields.map((field) => cell(one[field] ?? "")));
  return { name: sheet.name, fields: sheet.fields, rows, inline: rows.map(() => inline) };
}

/** The tables of `Section Access` for an app and the people who will ask. */
export function makeRights(model: Model, principals: readonly Principal[], plan: Plan): AccessTable[] {
  const { features } = plan;
  const columns = columnsFor(model, plan);
  const records = makeRecords(makeSubjects(principals, plan), model, columns, plan);
  putOmit(records, model, plan);
  const listed = withListedOmit(withOtherOmit(records, model, plan), model, plan);
  const whole = distinctRecords(withSecondRow(distinctRecords(listed), columns, plan));
  const sheets = sheetsOf(
    {
      said: whole.map((record) => saidOf(record, columns, plan)),
      identity: identityColumns(plan),
      serial: features.serial === "present" ? ["SERIAL"] : [],
      values: columns.map(({ name }) => name),
      omit: features.omit === "none" ? [] : [features.omit === "by key" ? "OMITGROUP" : "OMIT"],
    },
    plan,
  );
  const all = features.omit === "by key" ? [...repeated(sheets, plan), omitSheet(model, plan)] : repeated(sheets, plan);
  return all.map((sheet) => tableOf(sheet, plan));
}
