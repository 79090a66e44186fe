/** Why the rows that are left are left: which statements on propagation an answer rests on (§10). */
import type { Reason } from "../../contract/types.ts";
import type { AppTable } from "../../reload/model.ts";
import { linkGraph, type LinkNode } from "./links.ts";
import type { Possible, Selection } from "./propagation.ts";
import { linkKey } from "./values.ts";

/** Positions of all nodes associated with a selected field. */
function reached(nodes: readonly LinkNode[], selection: Selection): ReadonlySet<number> {
  const found = new Set<number>();
  const pending = [...nodes.keys()].filter((at) => nodes[at]?.fields.some((field) => selection.has(field)) === true);
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    pending.push(...(nodes[at]?.neighbours ?? []));
  }
  return found;
}

function names(tables: readonly { readonly name: string }[]): string {
  return tables.map((table) => table.name).join(", ");
}

/** Reasons for the rows kept in the app under a selection; none when nothing is selected. */
export function whyPropagated(tables: readonly AppTable[], selection: Selection, kept: Possible): Reason[] {
  if (selection.size === 0) return [];
  const nodes = linkGraph(tables);
  const associated = reached(nodes, selection);
  const direct = tables.filter((table) => table.fields.some((field) => selection.has(field)));
  const linked = tables.filter((table, at) => associated.has(at) && !direct.includes(table));
  const apart = tables.filter((_, at) => !associated.has(at));
  return [
    ...say("SA-PRP-01", linked, "reduced through associations"),
    ...say(
      "SA-PRP-03",
      apart.filter((table) => !table.loosened),
      "not associated, stays whole",
    ),
    ...say(
      "SA-PRP-07",
      tables.filter((table) => table.loosened),
      "loosely coupled, not reduced through links",
    ),
    ...whyKeys(nodes, associated),
    ...whyPlaces(direct, selection),
    ...whyLost(tables, selection),
    ...whyRepeated(tables, kept),
  ];
}

function say(requirement: "SA-PRP-01" | "SA-PRP-03" | "SA-PRP-07", about: readonly AppTable[], what: string): Reason[] {
  return about.length === 0 ? [] : [{ requirement, evidence: `${names(about)}: ${what}` }];
}

function whyKeys(nodes: readonly LinkNode[], associated: ReadonlySet<number>): Reason[] {
  const synthetic = nodes.filter((node, at) => node.kind === "key" && node.fields.length > 1 && associated.has(at));
  return synthetic.map((node) => ({
    requirement: "SA-PRP-06",
    evidence: `tables link on the combination ${node.label}`,
  }));
}

function whyPlaces(direct: readonly AppTable[], selection: Selection): Reason[] {
  const because: Reason[] = [];
  for (const field of selection.keys()) {
    const holders = direct.filter((table) => table.fields.includes(field));
    if (holders.length > 1)
      because.push({ requirement: "SA-PRP-04", evidence: `${field} stands in ${names(holders)}` });
  }
  const apart =
    direct.length > 1 && !direct.some((table) => [...selection.keys()].every((field) => table.fields.includes(field)));
  if (apart)
    because.push({ requirement: "SA-PRP-08", evidence: `selections in ${names(direct)} meet at the records of both` });
  return because;
}

/** Rows without a value in a selected field are lost to a reduced user (SA-RED-08). */
function whyLost(tables: readonly AppTable[], selection: Selection): Reason[] {
  return [...selection.keys()].flatMap((field): Reason[] => {
    const lost = tables.some((table) => {
      const column = table.fields.indexOf(field);
      return column >= 0 && table.rows.some((row) => (row[column] ?? null) === null);
    });
    return lost ? [{ requirement: "SA-RED-08", evidence: `rows whose ${field} is NULL are lost` }] : [];
  });
}

function whyRepeated(tables: readonly AppTable[], kept: Possible): Reason[] {
  const repeated = tables.filter((table, at) => {
    const rows = table.rows.filter((_, row) => kept[at]?.[row] === true);
    return new Set(rows.map((row) => JSON.stringify(row.map(linkKey)))).size < rows.length;
  });
  return repeated.length === 0
    ? []
    : [{ requirement: "SA-PRP-10", evidence: `${names(repeated)}: equal rows stay several` }];
}
