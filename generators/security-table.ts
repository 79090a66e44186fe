/**
 * Security tables over a given app: subjects (users, groups, everybody), their levels, values and omitted fields. By
 * default nothing whose reading is disputed: one identity column counts in a row, blanks are for ADMIN alone.
 */
import type { Principal, Value } from "../contract/types.ts";
import type { AccessTable, AppTable } from "../reload/model.ts";
import { keyFields, valuesOf } from "./data-model.ts";
import type { Dice } from "./dice.ts";
import { fullName } from "./directory.ts";
import { absentNumber, absentText, groups, people, strangers } from "./vocabulary.ts";

/** Whom rows speak of: one cell per identity column. */
interface Subject {
  readonly cells: { readonly [column: string]: string };
  level: "ADMIN" | "USER";
}

interface Column {
  readonly name: string;
  /** What is written beside stars. */
  readonly values: readonly [string | number, ...(string | number)[]];
}

interface Draft {
  readonly identity: readonly string[];
  readonly subjects: readonly Subject[];
  readonly columns: readonly Column[];
  /** Names that OMIT may carry; empty when there is no OMIT. */
  readonly omittable: readonly string[];
}

/** Several rows with named cells; what a table lacks is blank. */
type Said = { readonly [column: string]: string | number };

function identityColumns(dice: Dice): readonly string[] {
  const mode = dice.below(20);
  if (mode < 11) return ["USERID"];
  if (mode < 14) return ["GROUP"];
  return mode < 19 ? ["USERID", "GROUP"] : ["NTNAME"];
}

/** Names as their owners spell them, or in upper case as the documentation advises. */
function spelling(dice: Dice): (name: string) => string {
  const raised = dice.chance(0.1);
  return (name) => (raised ? name.toUpperCase() : name);
}

/** Users by name; where groups count too, mostly those without one, so that few are named twice (SA-ROW-05). */
function namedUsers(principals: readonly Principal[], dice: Dice, alone: boolean): string[] {
  const asking = principals.filter((who) => dice.chance(alone || who.groups.length === 0 ? 0.9 : 0.25)).map(fullName);
  return [
    ...asking,
    ...dice.some(
      people.filter((name) => !asking.includes(name)),
      dice.below(3),
    ),
  ];
}

function namedGroups(principals: readonly Principal[], dice: Dice): string[] {
  const held = [...new Set(principals.flatMap((who) => who.groups))].filter(() => dice.chance(0.9));
  return [
    ...held,
    ...dice.some(
      groups.filter((name) => !held.includes(name)),
      dice.below(2),
    ),
  ];
}

function subjectsOf(columns: readonly string[], principals: readonly Principal[], dice: Dice): Subject[] {
  const spelt = spelling(dice);
  const level = (): Subject["level"] => (dice.chance(0.2) ? "ADMIN" : "USER");
  const one = (column: string, name: string): Subject => ({
    cells: Object.fromEntries(columns.map((other) => [other, other === column ? spelt(name) : "*"])),
    level: level(),
  });
  const users = columns.flatMap((column) => {
    if (column === "USERID")
      return namedUsers(principals, dice, columns.length === 1 && column === "USERID").map((name) => one(column, name));
    const named = namedGroups(principals, dice).map((name) => one(column, name));
    return column === "GROUP"
      ? named
      : [
          ...named,
          ...namedUsers(principals, dice, columns.length === 1 && column === "USERID").map((name) => one(column, name)),
        ];
  });
  return dice.chance(0.08) ? [...users, one("", "")] : users;
}

/** Whether a subject's cells mean this person; one specific cell a row, the others stars. */
function speaksOf(subject: Subject, who: Principal): boolean {
  const own = [fullName(who), ...who.groups].map((name) => name.toUpperCase());
  return Object.entries(subject.cells).every(([column, cell]) => {
    if (cell === "*") return true;
    const names = column === "USERID" ? own.slice(0, 1) : column === "GROUP" ? own.slice(1) : own;
    return names.includes(cell.toUpperCase());
  });
}

/** ADMIN stays where it is the only thing said of a person: levels are not mixed (SA-ACC-05 is open). */
function unmixLevels(subjects: readonly Subject[], principals: readonly Principal[]): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const who of principals) {
      const said = subjects.filter((subject) => speaksOf(subject, who));
      const admins = said.filter((subject) => subject.level === "ADMIN");
      if (said.length < 2 || admins.length === 0) continue;
      for (const subject of admins) subject.level = "USER";
      changed = true;
    }
  }
}

/** Values of the data in upper case, as far as rows may name them. */
function occurring(tables: readonly AppTable[], field: string): (string | number)[] {
  const values = tables.flatMap((table) => {
    const column = table.fields.indexOf(field);
    return column < 0 ? [] : table.rows.map((row) => row[column]);
  });
  return [...new Set(values)].flatMap((value): (string | number)[] => {
    if (typeof value === "number") return [value];
    return typeof value === "string" ? [value.toUpperCase()] : [];
  });
}

/** What rows write in a column: mostly values of the data, sometimes one it lacks, now and then nothing else. */
function columnOf(name: string, tables: readonly AppTable[], dice: Dice): Column {
  const domain = valuesOf(name);
  const absent = typeof domain[0] === "number" ? absentNumber : absentText;
  if (dice.chance(0.05)) return { name, values: [absent] };
  const inData = dice.some(occurring(tables, name), 1 + dice.below(3));
  const [first, ...more] = inData.length === 0 ? domain : inData;
  const stray = dice.chance(0.25) ? [absent] : dice.chance(0.25) ? [dice.pick(domain)] : [];
  return { name, values: [first ?? absent, ...more, ...stray] };
}

function reducingColumns(tables: readonly AppTable[], dice: Dice): Column[] {
  const held = tables.filter((table) => !table.loosened).flatMap((table) => table.fields);
  const apart = new Set(tables.filter((table) => table.loosened).flatMap((table) => table.fields));
  const keys = keyFields(tables);
  const linking = dice.chance(0.3);
  const fields = [...new Set(held)].filter((field) => !apart.has(field) && (linking || !keys.has(field)));
  const columns = dice.some(fields, dice.pick([0, 1, 1, 1, 1, 2, 2, 3])).map((name) => columnOf(name, tables, dice));
  const stranger = dice.chance(0.06) ? [columnOf(dice.pick(strangers), tables, dice)] : [];
  return [...columns, ...stranger];
}

/** Fields that neither link nor reduce: hiding others is disputed (SA-OMT-09, SA-OMT-10). */
function omittableFields(tables: readonly AppTable[], columns: readonly Column[], dice: Dice): string[] {
  if (!dice.chance(0.42)) return [];
  const keys = keyFields(tables);
  const reducing = new Set(columns.map((column) => column.name));
  return tables.flatMap((table) => {
    const free = table.fields.filter((field) => !keys.has(field) && !reducing.has(field));
    return free.length === table.fields.length ? free.slice(1) : free;
  });
}

/** One cell of a reducing column; an ADMIN subject is blank in it throughout, or nowhere. */
function reducingCell(column: Column, blank: boolean, dice: Dice): string | number {
  if (blank) return "";
  const starred = column.values.length === 1 ? 0.5 : 0.13;
  return dice.chance(starred) ? "*" : dice.pick(column.values);
}

function recordsOf(subject: Subject, draft: Draft, dice: Dice): Said[] {
  const blank = new Set(
    draft.columns.filter(() => subject.level === "ADMIN" && dice.chance(0.45)).map((column) => column.name),
  );
  const count = draft.columns.length === 0 && draft.omittable.length === 0 ? 1 : dice.pick([1, 1, 2, 2, 3]);
  return Array.from({ length: count }, () => ({
    ACCESS: subject.level,
    ...subject.cells,
    ...Object.fromEntries(
      draft.columns.map((column) => [column.name, reducingCell(column, blank.has(column.name), dice)]),
    ),
  }));
}

function omitCell(omittable: readonly string[], dice: Dice): string {
  if (dice.chance(0.5)) return "";
  return dice.chance(0.15) ? "*" : (omittable[dice.below(omittable.length)] ?? "");
}

function securityTable(name: string, fields: readonly string[], records: readonly Said[]): AccessTable {
  const rows = records.map((record) => fields.map((field): Value => record[field] ?? ""));
  return { name, fields, rows, inline: rows.map(() => true) };
}

/** OMIT beside the values, or in a table of its own behind OMITGROUP (SA-OMT-05). */
function withOmit(
  records: readonly Said[],
  omittable: readonly string[],
  dice: Dice,
): { records: Said[]; sub: AccessTable[] } {
  if (omittable.length === 0) return { records: [...records], sub: [] };
  if (dice.chance(0.6))
    return { records: records.map((record) => ({ ...record, OMIT: omitCell(omittable, dice) })), sub: [] };
  const names = ["PAYROLL", "PAY", "NAMES"] as const;
  const listed = dice
    .some(names, 1 + dice.below(3))
    .flatMap((group) =>
      Array.from({ length: 1 + dice.below(2) }, () => ({ OMITGROUP: group, OMIT: omitCell(omittable, dice) })),
    );
  const grouped = records.map((record) => ({ ...record, OMITGROUP: dice.chance(0.3) ? "" : dice.pick(names) }));
  return { records: grouped, sub: [securityTable("OmitGroups", ["OMITGROUP", "OMIT"], listed)] };
}

/** Values in a table of their own behind PROFILE, one profile a subject (SA-SCR-04). */
function split(records: readonly Said[], draft: Draft, rest: readonly string[]): AccessTable[] {
  const names = draft.columns.map((column) => column.name);
  const who = (record: Said): string =>
    draft.identity.map((column) => record[column]).join("|") + String(record["ACCESS"]);
  const known = [...new Set(records.map(who))];
  const withProfile = records.map((record) => ({ ...record, PROFILE: `PROFILE${known.indexOf(who(record)) + 1}` }));
  return [
    securityTable("Access", ["ACCESS", ...draft.identity, "PROFILE", ...rest], withProfile),
    securityTable("Profiles", ["PROFILE", ...names], withProfile),
  ];
}

function layOut(draft: Draft, dice: Dice): AccessTable[] {
  const own = draft.subjects.flatMap((subject) => recordsOf(subject, draft, dice));
  const doubled = dice.chance(0.15) ? [...own, ...dice.some(own, 1)] : own;
  const { records, sub } = withOmit(dice.shuffled(doubled), draft.omittable, dice);
  const serial = dice.chance(0.04) ? ["SERIAL"] : [];
  const everyRecord = records.map((record) => Object.assign({ SERIAL: dice.chance(0.5) ? "*" : "QLIKSENSE" }, record));
  const rest = [...serial, ...(draft.omittable.length === 0 ? [] : sub.length > 0 ? ["OMITGROUP"] : ["OMIT"])];
  const names = draft.columns.map((column) => column.name);
  if (names.length > 0 && dice.chance(0.1)) return [...split(everyRecord, draft, rest), ...sub];
  return [securityTable("Access", ["ACCESS", ...draft.identity, ...names, ...rest], everyRecord), ...sub];
}

/** Loaded from a resident table: upper case throughout, since only inline loads surely raise it (SA-CASE-02). */
function fromResident(tables: readonly AccessTable[]): AccessTable[] {
  return tables.map(({ name, fields, rows }) => ({
    name,
    fields,
    rows: rows.map((row) => row.map((value) => (typeof value === "string" ? value.toUpperCase() : value))),
    inline: rows.map(() => false),
  }));
}

/** The tables of `Section Access` for an app and the people who will ask. */
export function randomSecurity(app: readonly AppTable[], principals: readonly Principal[], dice: Dice): AccessTable[] {
  const identity = identityColumns(dice);
  const subjects = subjectsOf(identity, principals, dice);
  unmixLevels(subjects, principals);
  const columns = reducingColumns(app, dice);
  const draft: Draft = { identity, subjects, columns, omittable: omittableFields(app, columns, dice) };
  const tables = layOut(draft, dice);
  return dice.chance(0.08) ? fromResident(tables) : tables;
}
