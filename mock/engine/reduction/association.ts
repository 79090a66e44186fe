/**
 * How the tables of a model hang together: tables sharing one field link through it, tables sharing several link through
 * a synthetic table of their combinations (SA-PRP-06). The result is a forest of nodes and links; a loop is refused
 * (SA-PRP-07: which table the engine loosens is a heuristic no document gives).
 */
import { ConformanceError } from "../../../contract/errors.ts";

export interface Part {
  readonly name: string;
  readonly fields: readonly string[];
  /** Out of the associative logic by `LOOSEN TABLE` (SA-PRP-07). */
  readonly loosened: boolean;
  /** Fields that link it to nothing. */
  readonly linksNot?: ReadonlySet<string>;
}

/** A synthetic key: the keys it combines (fields or earlier synthetic keys) and the nodes whose rows carry it. */
export interface SyntheticKey {
  readonly key: string;
  readonly combines: readonly string[];
  readonly members: readonly number[];
  /** The node that holds the combinations. */
  readonly node: number;
}

/** From one node to a neighbour through a link; `beyond` are the fields on the source's side which the link does not carry. */
export interface Edge {
  readonly source: number;
  readonly target: number;
  readonly link: string;
  readonly beyond: readonly string[];
}

export interface Association {
  /** Fields each node holds: the tables in their order, then the synthetic tables. */
  readonly holds: readonly (readonly string[])[];
  readonly synthetic: readonly SyntheticKey[];
  readonly edges: readonly Edge[];
  /** Steps an exclusion needs at most to reach every node. */
  readonly rounds: number;
}

interface Draft {
  readonly holds: readonly string[];
  readonly exposed: Set<string>;
}

/** `keyFields` says which of several shared fields make the synthetic key: all of them. */
export function associate(
  parts: readonly Part[],
  keyFields: (shared: readonly string[]) => readonly string[],
): Association {
  const drafts: Draft[] = parts.map((part) => ({
    holds: part.fields,
    exposed: new Set(part.loosened ? [] : part.fields.filter((field) => part.linksNot?.has(field) !== true)),
  }));
  const carried = new Map<string, readonly string[]>();
  const synthetic: SyntheticKey[] = [];
  for (let shared = widestShare(drafts); shared !== undefined; shared = widestShare(drafts)) {
    if (synthetic.length > parts.length * parts.length) throw circular(parts);
    synthetic.push(combine(drafts, shared, keyFields(shared), carried));
  }
  const links = linksOf(drafts);
  if (!isForest(drafts.length, links)) throw circular(parts);
  const edges = edgesOf(drafts, links, carried);
  return { holds: drafts.map((draft) => draft.holds), synthetic, edges, rounds: diameter(drafts.length, edges) };
}

/** The largest set of two or more keys any two nodes share; undefined when none do. */
function widestShare(drafts: readonly Draft[]): readonly string[] | undefined {
  let widest: readonly string[] | undefined;
  drafts.forEach((left, index) => {
    for (const right of drafts.slice(index + 1)) {
      const shared = [...left.exposed].filter((key) => right.exposed.has(key));
      if (shared.length > (widest?.length ?? 1)) widest = shared;
    }
  });
  return widest;
}

function combine(
  drafts: Draft[],
  shared: readonly string[],
  combines: readonly string[],
  carried: Map<string, readonly string[]>,
): SyntheticKey {
  const key = `$Syn ${carried.size + 1}`;
  const fields = [...new Set(shared.flatMap((part) => carried.get(part) ?? [part]))];
  carried.set(key, fields);
  const members = drafts.flatMap((draft, node) => (shared.every((part) => draft.exposed.has(part)) ? [node] : []));
  for (const { exposed } of members.flatMap((node) => drafts[node] ?? [])) {
    for (const part of shared) exposed.delete(part);
    exposed.add(key);
  }
  drafts.push({ holds: fields, exposed: new Set([...shared, key]) });
  return { key, combines, members, node: drafts.length - 1 };
}

type Links = ReadonlyMap<string, readonly number[]>;

function linksOf(drafts: readonly Draft[]): Links {
  const nodesByKey = new Map<string, number[]>();
  drafts.forEach((draft, node) => {
    for (const key of draft.exposed) nodesByKey.set(key, [...(nodesByKey.get(key) ?? []), node]);
  });
  return new Map([...nodesByKey].filter(([, nodes]) => nodes.length > 1));
}

function isForest(nodes: number, links: Links): boolean {
  const group = Array.from({ length: nodes }, (_, node) => node);
  for (const members of links.values()) {
    const groups = new Set(members.map((node) => group[node]));
    if (groups.size < members.length) return false;
    const [first] = groups;
    group.forEach((of, node) => {
      if (first !== undefined && groups.has(of)) group[node] = first;
    });
  }
  return true;
}

function edgesOf(drafts: readonly Draft[], links: Links, carried: ReadonlyMap<string, readonly string[]>): Edge[] {
  return [...links].flatMap(([link, members]) => {
    const own = new Set(carried.get(link) ?? [link]);
    return members.flatMap((source) => {
      const reached = side(source, link, links);
      const beyond = [...new Set(reached.flatMap((node) => drafts[node]?.holds ?? []))].filter((f) => !own.has(f));
      return members.filter((target) => target !== source).map((target) => ({ source, target, link, beyond }));
    });
  });
}

/** Nodes reached from one node without crossing a link. */
function side(start: number, without: string, links: Links): number[] {
  const crossable = [...links].filter(([link]) => link !== without).map(([, members]) => members);
  const seen = new Set([start]);
  for (const node of seen) {
    for (const member of crossable.filter((members) => members.includes(node)).flat()) seen.add(member);
  }
  return [...seen];
}

function diameter(nodes: number, edges: readonly Edge[]): number {
  return Math.max(0, ...Array.from({ length: nodes }, (_, start) => farthest(start, edges)));
}

function farthest(start: number, edges: readonly Edge[]): number {
  const distance = new Map([[start, 0]]);
  for (const [node, steps] of distance) {
    const next = edges.filter((edge) => edge.source === node && !distance.has(edge.target));
    for (const edge of next) distance.set(edge.target, steps + 1);
  }
  return Math.max(...distance.values());
}

function circular(parts: readonly Part[]): ConformanceError {
  const names = parts.filter((part) => !part.loosened).map((part) => part.name);
  return new ConformanceError("not-supported", `circular reference between the tables ${names.join(", ")}`, {
    expected: "tables that do not form a loop over their common field names",
    remedy: "rename or drop a common field, or say LOOSEN TABLE of the table the engine loosens",
  });
}
