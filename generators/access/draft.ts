/** Tables in the making: which there are, how they link, and what their fields are called. */
import type { Dice } from "../dice.ts";
import type { Features } from "./factors.ts";
import type { AccessSettings } from "./settings.ts";
import { attributes, composite, linking, tableNames, type Cell, type Kind } from "./words.ts";

export interface Plan {
  readonly features: Features;
  readonly settings: AccessSettings;
  readonly dice: Dice;
}

export type Domain = readonly [Cell, ...Cell[]];

export interface Link {
  readonly fields: readonly string[];
  /** Combinations that the table of the one side holds; the first stands in every first row. */
  readonly combinations: readonly (readonly Cell[])[];
}

export interface Draft {
  readonly name: string;
  /** Whether it holds keys alone. */
  readonly bare: boolean;
  /** Links whose combinations it holds all of. */
  readonly owns: Link[];
  /** Links it refers to by. */
  readonly refers: Link[];
  readonly described: string[];
  numbered: boolean;
  readonly counts?: string;
}

/** A link between two tables, by their positions; the second holds all its combinations. */
export interface TableLink {
  readonly from: number;
  readonly to: number;
  readonly fields: readonly string[];
}

export interface Names {
  readonly tables: string[];
  readonly attributes: { readonly [kind in Kind]: string[] };
  readonly keys: { readonly [kind in Kind]: string[] };
  readonly domains: Map<string, Domain>;
}

const kinds = ["text", "number", "dual"] as const;

export function namesFor({ features, dice }: Plan): Names {
  const taken: ReadonlySet<string> = new Set(features.keys === "composite" ? Object.keys(composite.parts) : []);
  const pool = (fields: { readonly [name: string]: unknown }): string[] =>
    dice.shuffled(Object.keys(fields).filter((name) => !taken.has(name)));
  return {
    tables: dice.shuffled(tableNames),
    attributes: { text: pool(attributes.text), number: pool(attributes.number), dual: pool(attributes.dual) },
    keys: { text: pool(linking.text), number: pool(linking.number), dual: pool(linking.dual) },
    domains: new Map(),
  };
}

export function newField(names: Names, what: "attributes" | "keys", kind: Kind): string {
  const name = names[what][kind].pop();
  if (name === undefined) throw new RangeError(`no name is left for a ${kind} field`);
  const held = (what === "attributes" ? attributes : linking)[kind][name];
  if (held !== undefined) names.domains.set(name, held);
  return name;
}

/** Draws a kind that still has names. */
function anyKind(names: Names, what: "attributes" | "keys", dice: Dice): Kind {
  const left = kinds.filter((kind) => names[what][kind].length > 0);
  return left[dice.below(left.length)] ?? "text";
}

export function newTable(names: Names, bare = false): Draft {
  const name = names.tables.pop() ?? "Notes";
  return { name, bare, owns: [], refers: [], described: [], numbered: !bare };
}

/** A link of one new field, or of two (a synthetic key, SA-PRP-06), or of one field of two parts (SA-RED-05). */
function newLink(how: Features["keys"], kind: Kind, names: Names, plan: Plan): Link {
  const { dice, settings } = plan;
  if (how === "composite") return compositeLink(names, dice);
  const fields = [newField(names, "keys", kind)];
  if (how === "synthetic") fields.push(newField(names, "keys", anyKind(names, "keys", dice)));
  const domains = fields.map((field) => dice.shuffled(names.domains.get(field) ?? []));
  const count = 2 + dice.below(Math.min(settings.mostValues, settings.mostRows) - 1);
  const dangles = plan.features.data === "dangling" && count > 3 ? 1 : 0;
  const combinations = Array.from({ length: count - dangles }, (_, at) =>
    domains.map((domain, part): Cell => domain[partAt(at, part, fields.length)] ?? ""),
  );
  return { fields, combinations };
}

/** Which value of a part the combination at a place has: of two parts each value of the one meets both of the other. */
function partAt(at: number, part: number, parts: number): number {
  if (parts === 1) return at;
  return part === 0 ? at >> 1 : at & 1;
}

function compositeLink(names: Names, dice: Dice): Link {
  const [countries, products] = Object.values(composite.parts);
  const every = (countries ?? []).flatMap((country) => (products ?? []).map((product) => `${country}|${product}`));
  const [first = "", second = "", ...more] = dice.shuffled(every);
  names.domains.set(composite.key, [first, second, ...more]);
  for (const [part, values] of Object.entries(composite.parts)) names.domains.set(part, values);
  return { fields: [composite.key], combinations: [first, second, ...more.slice(1)].map((value) => [value]) };
}

export interface Drafted {
  readonly drafts: Draft[];
  readonly links: readonly TableLink[];
  /** The field of a key that reduces, when one shall. */
  readonly key?: string;
}

/** Pairs of tables to be linked, hub first; the second owns the link. */
function edgesOf({ features, dice }: Plan): readonly (readonly [number, number])[] {
  switch (features.shape) {
    case "single":
      return [];
    case "pair":
      return [[0, 1]];
    case "star":
      return dice.chance(0.3)
        ? [
            [0, 1],
            [0, 2],
            [0, 3],
          ]
        : [
            [0, 1],
            [0, 2],
          ];
    case "snowflake":
    case "bridge":
      return [
        [0, 1],
        [1, 2],
      ];
  }
}

/** Which edge gives the reducing key: where the first link is composite and numbers are wanted, another. */
export function draftTables(plan: Plan, names: Names): Drafted {
  const { features, dice } = plan;
  const edges = edgesOf(plan);
  const drafts = [newTable(names)];
  const links: TableLink[] = [];
  const reduces = features.place === "key" ? dice.below(edges.length) : -1;
  let key: string | undefined;
  edges.forEach(([from, to], at) => {
    const how = at === 0 && features.keys !== "shared" ? features.keys : "plain";
    const kind = at === reduces ? features.values : anyKind(names, "keys", dice);
    const link = newLink(how, kind, names, plan);
    const draft = newTable(names, features.shape === "bridge" && to === 1);
    draft.owns.push(link);
    drafts[from]?.refers.push(link);
    drafts.push(draft);
    links.push({ from, to, fields: link.fields });
    if (at === reduces) [key] = link.fields;
  });
  if (features.keys === "shared") links.push(share(drafts, names));
  if (features.keys === "composite") drafts[0]?.described.push(...Object.keys(composite.parts));
  return { drafts, links, ...(key === undefined ? {} : { key }) };
}

/** A third table on the first link's key. */
function share(drafts: Draft[], names: Names): TableLink {
  const draft = newTable(names);
  const link = drafts[0]?.refers[0];
  if (link === undefined) throw new RangeError("a single table shares no key");
  draft.owns.push(link);
  drafts.push(draft);
  return { from: 0, to: drafts.length - 1, fields: link.fields };
}

/** The tables each reducing attribute goes to. */
export function placesFor({ features, dice }: Plan, drafts: readonly Draft[]): Draft[] {
  const count = Number(features.reducing) - (features.place === "key" ? 1 : 0);
  const [hub, ...others] = drafts.filter((draft) => !draft.bare);
  if (hub === undefined) throw new RangeError("no table");
  const outer = others[dice.below(others.length)] ?? hub;
  const anywhere = (): Draft => [hub, ...others][dice.below(others.length + 1)] ?? hub;
  return Array.from({ length: count }, (_, at) => {
    if (features.place === "hub") return hub;
    if (features.place === "outer") return outer;
    if (features.place === "several" && at < 2) return at === 0 ? hub : outer;
    return anywhere();
  });
}

export function describe(draft: Draft, names: Names, dice: Dice): void {
  if (draft.bare) return;
  const wanted = draft.described.length === 0 ? 1 + dice.below(2) : dice.below(2);
  for (let given = 0; given < wanted; given++)
    draft.described.push(newField(names, "attributes", anyKind(names, "attributes", dice)));
}
