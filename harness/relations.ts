/** Laws between outcomes of one case: what must hold whatever the data are (anchors: relations S1 … J9). */
import type { Expected, Outcome, Probe, Value, ViewTable } from "../contract/types.ts";
import type { Difference } from "./compare-views.ts";
import { describe, differences, matches } from "./compare.ts";
import { alignedRows, bagOf, byText, shortfall, showRows, showText, valueKey } from "./values.ts";

export type Relation = Extract<Expected, { kind: "relation" }>;

export interface Answered {
  readonly ask: string;
  readonly probe: Probe;
  readonly outcome: Outcome;
}

type Found = readonly Difference[];
type View = Extract<Outcome, { kind: "view" }>;

function broken(text: string): Found {
  return [{ code: "relation", text }];
}

/** What differs from the relation; empty when it holds. */
export function relationDifferences(relation: Relation, observed: Answered, siblings: readonly Answered[]): Found {
  switch (relation.holds) {
    case "equal":
      return siblings.flatMap(({ ask, outcome }) =>
        [...differences(outcome, observed.outcome)].map(({ text }) => ({
          code: "relation" as const,
          text: `not equal to ${ask}: ${text}`,
        })),
      );
    case "different":
      return siblings.flatMap(({ ask, outcome }) =>
        matches(outcome, observed.outcome) ? broken(`equal to ${ask}, though it must differ`) : [],
      );
    case "within":
      return siblings.flatMap((sibling) => beyond(observed.outcome, sibling));
    case "union":
      return unionDifferences(observed.outcome, siblings);
    case "consistent":
      return siblings.flatMap((sibling) => inconsistencies(observed, sibling));
  }
}

/** A refusal shows nothing, and neither do tables without a single row; a bare list of fields does (SA-OMT-08). */
function showsNothing(outcome: Outcome): boolean {
  if (outcome.kind === "refused") return true;
  return outcome.kind === "view" && outcome.tables.length > 0 && outcome.tables.every(({ rows }) => rows.length === 0);
}

/** What `inner` shows that the sibling does not. */
function beyond(inner: Outcome, sibling: Answered): Found {
  const outer = sibling.outcome;
  if (inner.kind === "refused" || (outer.kind === "refused" && showsNothing(inner))) return [];
  if (inner.kind === "decision" && outer.kind === "decision") {
    return inner.allowed && !outer.allowed ? broken(`allowed, though ${sibling.ask} is denied`) : [];
  }
  if (inner.kind !== "view" || outer.kind !== "view") {
    return matches(outer, inner) ? [] : broken(`${describe(inner)} is not within ${describe(outer)} of ${sibling.ask}`);
  }
  const fields = inner.fields.filter((field) => !outer.fields.includes(field));
  const extra = fields.length > 0 ? broken(`field beyond ${sibling.ask}: ${fields.map(showText).join(", ")}`) : [];
  return [...extra, ...inner.tables.flatMap((table) => rowsBeyond(table, outer, sibling.ask))];
}

function rowsBeyond(table: ViewTable, outer: View, ask: string): Found {
  const other = outer.tables.find(({ name }) => name === table.name);
  if (other === undefined) return broken(`table ${showText(table.name)} is not shown by ${ask}`);
  const extra = shortfall(bagOf(table.rows), bagOf(alignedRows(other, table.fields)));
  return extra.length > 0 ? broken(`table ${showText(table.name)}: beyond ${ask}: ${showRows(extra)}`) : [];
}

/** Views united row by row: a row as often as the view that shows it most often. Decisions: one that allows is enough. */
function unionDifferences(observed: Outcome, siblings: readonly Answered[]): Found {
  if (observed.kind === "decision") return unionOfDecisions(observed.allowed, siblings);
  const views = siblings.map(({ outcome }) => outcome).filter((outcome) => outcome.kind === "view");
  const first = views[0];
  if (first === undefined) {
    return showsNothing(observed) ? [] : broken(`${describe(observed)}, though every part of the union is refused`);
  }
  const found = [...differences(views.reduce(unite, first), observed)];
  return found.map(({ text }) => ({ code: "relation", text: `not the union: ${text}` }));
}

function unionOfDecisions(allowed: boolean, siblings: readonly Answered[]): Found {
  const allowing = siblings.filter(({ outcome }) => outcome.kind === "decision" && outcome.allowed);
  if (allowed === allowing.length > 0) return [];
  const [first] = allowing;
  return broken(first === undefined ? "allowed, though no part is" : `denied, though ${first.ask} is allowed`);
}

function unite(left: View, right: View): View {
  const names = [...new Set([...left.tables, ...right.tables].map(({ name }) => name))];
  return {
    kind: "view",
    fields: [...new Set([...left.fields, ...right.fields])],
    tables: names.map((name) =>
      uniteTables(
        name,
        [left, right].flatMap(({ tables }) => tables.filter((t) => t.name === name)),
      ),
    ),
  };
}

function uniteTables(name: string, tables: readonly ViewTable[]): ViewTable {
  const fields = [...new Set(tables.flatMap((table) => table.fields))];
  const rows: (readonly Value[])[] = [];
  for (const table of tables) rows.push(...shortfall(bagOf(alignedRows(table, fields)), bagOf(rows)));
  return { name, fields, rows };
}

function keysOf(views: readonly ViewTable[], field: string): readonly string[] {
  const values = views
    .filter((table) => table.fields.includes(field))
    .flatMap((table) => alignedRows(table, [field]).map(([value]) => value ?? null));
  return [...new Set(values.filter((value) => value !== null).map(valueKey))].toSorted(byText);
}

/** Doors that show the values of one field after the other, each as a table of its own. */
const byField: ReadonlySet<string> = new Set(["list", "search"]);

/** What an answer says through its surface, as facts that another surface must not contradict. */
function facts({ probe, outcome }: Answered): ReadonlyMap<string, string> {
  const isRefused = outcome.kind === "decision" ? !outcome.allowed : outcome.kind === "refused";
  const said = new Map<string, string>([["access", isRefused ? "refused" : "granted"]]);
  if (outcome.kind === "measure") {
    for (const [name, value] of Object.entries(outcome.values)) said.set(name, valueKey(value));
  }
  if (outcome.kind !== "view") return said;
  said.set("fields", outcome.fields.toSorted(byText).join("\n"));
  if (outcome.tables.length > 0) for (const [name, fact] of valueFacts(outcome)) said.set(name, fact);
  const through = probe.kind === "open" ? probe.through : "tables";
  for (const table of byField.has(through) ? [] : outcome.tables) {
    const bag = bagOf(alignedRows(table, table.fields.toSorted(byText)));
    said.set(`contents(${table.name})`, [...bag.keys()].toSorted(byText).join("\n"));
    // A hypercube answers distinct rows, so its number of rows is no fact about the table.
    if (through === "tables") said.set(`rows(${table.name})`, valueKey(table.rows.length));
  }
  return said;
}

/** Which values each field holds, and how many. */
function valueFacts(view: View): readonly (readonly [string, string])[] {
  return view.fields.flatMap((field) => {
    const keys = keysOf(view.tables, field);
    return [
      [`values(${field})`, keys.join("\n")],
      [`distinct(${field})`, valueKey(keys.length)],
    ] as const;
  });
}

function inconsistencies(observed: Answered, sibling: Answered): Found {
  const other = facts(sibling);
  return [...facts(observed)].flatMap(([name, value]) => {
    const said = other.get(name);
    return said === undefined || said === value ? [] : broken(`${showText(name)} contradicts ${sibling.ask}`);
  });
}
