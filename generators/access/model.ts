/** The tables of an app, to order: shape, links, where the reducing fields lie, flaws; never a loop. */
import type { Value } from "../../contract/types.ts";
import type { AppTable } from "../../reload/model.ts";
import type { Dice } from "../dice.ts";
import {
  describe,
  draftTables,
  namesFor,
  newField,
  newTable,
  placesFor,
  type Domain,
  type Draft,
  type Drafted,
  type Link,
  type Names,
  type Plan,
  type TableLink,
} from "./draft.ts";
import { absent, composite, type Cell, type Kind } from "./words.ts";

/** An app with what the makers of security tables need to know of it. */
export interface Model {
  readonly tables: readonly AppTable[];
  /** Fields that reduce, with what they may hold. */
  readonly reducing: readonly { readonly name: string; readonly kind: Kind; readonly domain: Domain }[];
  /** Fields that neither link nor reduce. */
  readonly free: readonly string[];
  /** Links between tables that are not loosened, by the positions of the tables. */
  readonly links: readonly TableLink[];
}

/** A field of its own that numbers a table's rows, so that rows can be told apart: `SALESNO`. */
function numbering(table: string): string {
  return `${table.toUpperCase()}NO`;
}

function fieldsOf(draft: Draft): string[] {
  const linked = [...draft.owns, ...draft.refers].flatMap((link) => link.fields);
  const count = draft.counts ?? (draft.numbered ? numbering(draft.name) : undefined);
  return [...linked, ...draft.described, ...(count === undefined ? [] : [count])];
}

type Record = Map<string, Value>;

function anyOf(values: readonly Cell[], dice: Dice): Cell {
  return values[dice.below(values.length)] ?? "";
}

function putLink(record: Record, link: Link, at: number): void {
  const combination = link.combinations[at];
  link.fields.forEach((field, part) => record.set(field, combination?.[part] ?? null));
}

/** Every combination of a link it owns once, then any; of a link it refers to by the first, then any. */
function putLinks(record: Record, draft: Draft, at: number, dice: Dice): void {
  for (const link of draft.owns) {
    const count = link.combinations.length;
    putLink(record, link, at < count ? at : dice.below(count));
  }
  for (const link of draft.refers) putLink(record, link, at === 0 ? 0 : dice.below(link.combinations.length));
}

/** One row; the first rows are whole and fit together, so that some record reaches through all tables. */
function recordOf(draft: Draft, at: number, names: Names, plan: Plan): Record {
  const { dice, features, settings } = plan;
  const record: Record = new Map();
  const flawed = at > 0 && dice.chance(settings.flawed);
  putLinks(record, draft, at, dice);
  const mayLack = features.data === "nulls" && at > 0;
  for (const field of draft.described)
    record.set(field, mayLack && dice.chance(settings.flawed) ? null : anyOf(names.domains.get(field) ?? [], dice));
  if (flawed) flaw(record, draft, names, plan);
  const count = draft.counts ?? numbering(draft.name);
  record.set(count, draft.counts === undefined ? at + 1 : 1 + dice.below(3));
  return record;
}

/** A key without partner, or a NULL in a key. */
function flaw(record: Record, draft: Draft, names: Names, { features, dice }: Plan): void {
  const field = anyOf(
    draft.refers.flatMap((link) => link.fields),
    dice,
  );
  if (typeof field !== "string" || field === "") return;
  if (features.data === "nulls") record.set(field, null);
  if (features.data === "dangling") record.set(field, lone(names.domains.get(field)));
}

/** A value of the field's own kind that no other table holds. */
function lone(domain: Domain | undefined): Cell {
  const [one] = domain ?? [];
  return typeof one === "number" ? 77 : typeof one === "object" ? { n: 77, t: "077" } : "NONE7";
}

function rowsOf(draft: Draft, names: Names, plan: Plan): Value[][] {
  const { dice, settings } = plan;
  const least = Math.max(2, ...draft.owns.map((link) => link.combinations.length));
  const count = least + dice.below(Math.max(1, settings.mostRows - least + 1));
  const fields = fieldsOf(draft);
  const rows = Array.from({ length: count }, (_, at) => {
    const record = recordOf(draft, at, names, plan);
    return fields.map((field) => record.get(field) ?? null);
  });
  return draft.numbered ? rows : [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

function hasNull(rows: readonly (readonly Value[])[]): boolean {
  return rows.some((row) => row.includes(null));
}

/** Sees to it that the flaw ordered is there: in the last row of the first table. */
function ensureFlaw(hub: AppTable, names: Names, { features, dice }: Plan, drafted: Drafted): AppTable {
  const rows = hub.rows.map((row) => [...row]);
  const last = rows.at(-1) ?? [];
  const [field] = drafted.links[0]?.fields ?? [];
  const column = hub.fields.indexOf(field ?? "");
  if (features.data === "repeated") return { ...hub, rows: [...rows, ...dice.some(rows, 1 + dice.below(2))] };
  if (features.data === "dangling") last[column] = lone(names.domains.get(field ?? ""));
  const described = hub.fields.indexOf(drafted.drafts[0]?.described[0] ?? "");
  if (features.data === "nulls" && !hasNull(rows)) last[described] = null;
  return { ...hub, rows };
}

/** An island, or a table that would be linked had it not been loosened (SA-PRP-03, SA-PRP-07). */
function apart(plan: Plan, names: Names, hub: Draft): readonly { readonly draft: Draft; readonly loosened: boolean }[] {
  if (plan.features.apart === "none") return [];
  const loosened = plan.features.apart === "loosened";
  const draft = { ...newTable(names), ...(loosened ? { counts: numbering(hub.name), numbered: false } : {}) };
  describe(draft, names, plan.dice);
  return [{ draft, loosened }];
}

/** The app of a world: tables, the fields that reduce, and how the tables link. */
export function makeModel(plan: Plan): Model {
  const { features, dice } = plan;
  const names = namesFor(plan);
  const drafted = draftTables(plan, names);
  const { drafts, links, key } = drafted;
  const reducing: string[] = [];
  for (const draft of placesFor(plan, drafts)) reducing.push(reducingField(draft, reducing, names, plan));
  for (const draft of drafts) describe(draft, names, dice);
  for (const draft of drafts.slice(1)) draft.numbered &&= dice.chance(0.7);
  const [hub] = drafts;
  if (hub === undefined) throw new RangeError("no table");
  const aside = apart(plan, names, hub);
  const made = [...drafts.map((draft) => ({ draft, loosened: false })), ...aside].map(({ draft, loosened }, at) => {
    const table = { name: draft.name, fields: fieldsOf(draft), rows: rowsOf(draft, names, plan), loosened };
    return at === 0 ? ensureFlaw(table, names, plan, drafted) : table;
  });
  const fields = [...(key === undefined ? [] : [key]), ...reducing];
  return {
    tables: made,
    links,
    reducing: fields.map((name) => ({
      name,
      kind: features.values,
      domain: names.domains.get(name) ?? absent[features.values],
    })),
    free: freeFields(made, fields),
  };
}

/** A new attribute that reduces; a part of the composite key where one stands in the table already. */
function reducingField(draft: Draft, so: readonly string[], names: Names, { features, dice }: Plan): string {
  const part = draft.described.find((field) => isPart(field) && !so.includes(field));
  if (part !== undefined && features.values === "text" && dice.chance(0.5)) return part;
  const name = newField(names, "attributes", features.values);
  draft.described.push(name);
  return name;
}

function isPart(field: string): boolean {
  return Object.hasOwn(composite.parts, field);
}

/** Fields of one table alone that do not reduce; of each table at least one field stays beside them. */
function freeFields(tables: readonly AppTable[], reducing: readonly string[]): string[] {
  const all = tables.flatMap((table) => table.fields);
  const alone = new Set(all.filter((field) => all.indexOf(field) === all.lastIndexOf(field)));
  return tables.flatMap((table) => {
    const free = table.fields.filter((field) => alone.has(field) && !reducing.includes(field));
    return free.length === table.fields.length ? free.slice(1) : free;
  });
}
