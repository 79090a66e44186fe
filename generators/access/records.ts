/**
 * What is said of each subject: rows of values, `*` and blanks among them. A first row names values of one record, so
 * that several fields never exclude each other (SA-RED-10 is open), or values that the data lack, all of them (SA-STR-08).
 */
import type { Plan } from "./draft.ts";
import type { Model } from "./model.ts";
import type { Subject } from "./subjects.ts";
import { absent, strangers, type Cell } from "./words.ts";
import { witnessIn } from "./witness.ts";

export interface Column {
  readonly name: string;
  readonly domain: readonly [Cell, ...Cell[]];
  /** What the data lack, two of them. */
  readonly absent: readonly [Cell, Cell];
  /** Whether the app has the field. */
  readonly linked: boolean;
}

export interface Record {
  readonly subject: Subject;
  /** One a column. */
  readonly values: Cell[];
  omit: string;
  /** Columns where a star would be wrong: the row names what the data lack, or another star lists by it. */
  readonly bound: Set<number>;
}

export function columnsFor(model: Model, { features, settings, dice }: Plan): Column[] {
  const linked = model.reducing.map(({ name, kind, domain }): Column => ({
    name,
    domain,
    absent: absent[kind],
    linked: true,
  }));
  if (!dice.chance(settings.stranger)) return linked;
  const domain = ["EAST", "WEST"] as const;
  const name = dice.pick(strangers);
  return [
    ...linked,
    { name, domain: features.values === "number" ? [1, 2] : domain, absent: absent.text, linked: false },
  ];
}

/** What becomes of each column for all who are kin. */
type Fate = "values" | "absent" | "blank";

function fatesFor(subject: Subject, columns: readonly Column[], plan: Plan, nothing: boolean): Fate[] {
  const { settings, dice } = plan;
  if (nothing) return columns.map((column) => (column.linked ? "absent" : "values"));
  if (subject.level === "USER") return columns.map(() => "values");
  return columns.map((column) => (column.linked && dice.chance(settings.absentColumn) ? "absent" : "values"));
}

/** Blanks for ADMIN: in one column or more of about half of them, and of one at least. */
function withBlanks(
  fates: Map<number, Fate[]>,
  subjects: readonly Subject[],
  columns: readonly Column[],
  plan: Plan,
): void {
  const { features, dice } = plan;
  if (features.blanks === "none") return;
  const admins = [...new Set(subjects.filter(({ level }) => level === "ADMIN").map(({ kin }) => kin))];
  const linked = [...columns.keys()].filter((at) => columns[at]?.linked === true);
  const sure = admins[dice.below(admins.length)];
  for (const kin of admins) {
    if (kin !== sure && !dice.chance(0.4)) continue;
    const row = fates.get(kin) ?? [];
    for (const at of dice.some(linked, 1 + dice.below(linked.length))) row[at] = "blank";
  }
}

function fatesOf(
  subjects: readonly Subject[],
  columns: readonly Column[],
  plan: Plan,
  nothing: boolean,
): ReadonlyMap<number, Fate[]> {
  const fates = new Map<number, Fate[]>();
  for (const subject of subjects)
    if (!fates.has(subject.kin)) fates.set(subject.kin, fatesFor(subject, columns, plan, nothing));
  withBlanks(fates, subjects, columns, plan);
  return fates;
}

interface Saying {
  /** Whether all columns of the world list only what the data lack. */
  readonly barren: boolean;
  readonly subject: Subject;
  readonly columns: readonly Column[];
  readonly fates: readonly Fate[];
  readonly model: Model;
  readonly plan: Plan;
}

function firstRecord({ subject, columns, fates, model, plan, barren }: Saying, missed: boolean): Record {
  const witness = witnessIn(model, plan.dice);
  const bound = new Set<number>();
  const values = columns.map((column, at): Cell => {
    if (fates[at] === "blank") return "";
    const lacking = column.linked && (missed || fates[at] === "absent");
    if (lacking && !barren) bound.add(at);
    if (lacking) return column.absent[0];
    return witness.get(column.name) ?? plan.dice.pick([column.domain[0], ...column.domain]);
  });
  return { subject, values, omit: "", bound };
}

/** A further row: values of other records, or what the data lack. */
function furtherRecord(saying: Saying, missed: boolean): Record {
  const { columns, fates, plan } = saying;
  const { dice, settings } = plan;
  const first = firstRecord(saying, missed);
  columns.forEach((column, at) => {
    if (fates[at] === "blank") return;
    const lacking = missed || fates[at] === "absent" || dice.chance(settings.absent);
    if (column.linked && lacking) first.values[at] = dice.pick(column.absent);
  });
  return first;
}

function recordsOf(saying: Saying): Record[] {
  const { subject, plan } = saying;
  const { dice, features, settings } = plan;
  const missed = subject.level === "USER" && dice.chance(settings.missed);
  const further = features.rows === "several" ? dice.below(settings.mostRowsEach) : 0;
  return [firstRecord(saying, missed), ...Array.from({ length: further }, () => furtherRecord(saying, missed))];
}

function isStarrable({ subject, values, bound }: Record, at: number): boolean {
  return !bound.has(at) && values[at] !== "" && values[at] !== "*" && subject.identity !== undefined;
}

/** Turns a value into `*` where it stands in another row as well, so that the star lists it (SA-WLD-02). */
function star(records: readonly Record[], record: Record, at: number): boolean {
  const value = JSON.stringify(record.values[at]);
  const lister = records.find((other) => other !== record && JSON.stringify(other.values[at]) === value);
  if (lister === undefined || !isStarrable(record, at)) return false;
  lister.bound.add(at);
  record.values[at] = "*";
  return true;
}

/** Stars in the columns the app has a field for; a row that lists is added where none would do. */
function withStars(records: readonly Record[], columns: readonly Column[], plan: Plan): Record[] {
  const { features, settings, dice } = plan;
  if (features.stars !== "values" && features.stars !== "both") return [...records];
  const linked = [...columns.keys()].filter((at) => columns[at]?.linked === true);
  let stars = 0;
  for (const record of dice.shuffled(records))
    for (const at of linked) if (dice.chance(settings.starred) && star(records, record, at)) stars += 1;
  return stars > 0 ? [...records] : withSureStar(records, linked, plan);
}

/** One cell becomes a star and a row that lists its value is added; where no cell may, both rows are of nobody. */
function withSureStar(records: readonly Record[], linked: readonly number[], { dice }: Plan): Record[] {
  const starrable = records.flatMap((record) =>
    linked.filter((at) => isStarrable(record, at)).map((at) => ({ record, at })),
  );
  const chosen = starrable[dice.below(starrable.length)];
  const [some] = records;
  if (chosen !== undefined) {
    const lister = {
      ...chosen.record,
      subject: nobody(chosen.record.subject, "LISTING"),
      values: [...chosen.record.values],
    };
    chosen.record.values[chosen.at] = "*";
    return [...records, lister];
  }
  if (some === undefined) return [];
  const [at = 0] = linked;
  const starred = { ...some, subject: nobody(some.subject, "STARRED"), values: some.values.with(at, "*") };
  return [...records, starred];
}

/** Someone nobody is, who lists values for the others' stars (SA-WLD-04). */
export function nobody(subject: Subject, id: string): Subject {
  const columns = Object.keys(subject.identity);
  const [column = "USERID"] = columns;
  const name = column === "GROUP" ? id : `CORP\\${id}`;
  return {
    identity: Object.fromEntries(columns.map((of) => [of, of === column ? name : "*"])),
    level: subject.level,
    kin: -1,
  };
}

function keyOf({ subject, values, omit }: Record): string {
  return JSON.stringify([subject.identity, values, omit]);
}

export function distinctRecords(records: readonly Record[]): Record[] {
  return [...new Map(records.map((record) => [keyOf(record), record])).values()];
}

/** The rows of all subjects, each of a subject different. */
export function makeRecords(
  subjects: readonly Subject[],
  model: Model,
  columns: readonly Column[],
  plan: Plan,
): Record[] {
  const barren = plan.dice.chance(plan.settings.nothingListed);
  const fates = fatesOf(subjects, columns, plan, barren);
  const own = subjects.flatMap((subject) =>
    recordsOf({ subject, columns, fates: fates.get(subject.kin) ?? [], model, plan, barren }),
  );
  return withStars(own, columns, plan);
}
