/**
 * A selection of each of many users spreads through the link graph at once (SA-PRP-01). Between two neighbours goes one
 * message each way: for every slot of their link key, the users for whom the sender's side has a possible entry there.
 * Where a user selected nothing on the sender's side, the message lets him pass (outer join).
 */
import type { EncodedField, EncodedTables, Reading } from "./columnar-encode.ts";
import { codedModel, type CodedModel, type CodedNode, type Edge } from "./columnar-links.ts";
import { isEmptyMask, unite, wordsFor, type Factor } from "./columnar-masks.ts";
import { scanRows, type Gathering } from "./columnar-scan.ts";

/** What users select in one field. */
export interface FieldMasks {
  /** Who selects in the field at all. */
  readonly selecting: Uint32Array;
  /** By code: who may see the value; who selects nothing here may see every one, and NULL. */
  readonly masks: Uint32Array;
}

export interface Spread {
  readonly model: CodedModel;
  readonly reading: Reading | undefined;
  /** How many are put through together, and the words of their masks. */
  readonly users: number;
  readonly words: number;
  readonly fields: ReadonlyMap<string, FieldMasks>;
  /** By node: who selects at the node itself. */
  readonly selecting: readonly (Uint32Array | undefined)[];
  readonly behind: Map<string, Uint32Array>;
  /** By `from>to`: masks by slot, absent where nothing restricts. */
  readonly messages: Map<string, Uint32Array | undefined>;
}

/** A field's selection lies at the smallest node holding it: its table if it has one alone, else its link key. */
function nodesSelectedBy(model: CodedModel, field: string): readonly number[] {
  const holders = [...model.keys()].filter((at) => model[at]?.fields.includes(field) === true);
  const keys = holders.filter((at) => model[at]?.kind === "key");
  const smallest = keys.sort((a, b) => (model[a]?.fields.length ?? 0) - (model[b]?.fields.length ?? 0))[0];
  return smallest === undefined ? holders : [smallest];
}

/** Throws `not-supported` for a circular model. */
export function spreadOf(tables: EncodedTables, users: number, fields: ReadonlyMap<string, FieldMasks>): Spread {
  const model = codedModel(tables);
  const { reading } = tables;
  const words = wordsFor(users);
  const selecting: (Uint32Array | undefined)[] = model.map(() => undefined);
  for (const [field, masks] of fields) {
    for (const at of nodesSelectedBy(model, field)) {
      const own = (selecting[at] ??= new Uint32Array(words));
      unite(own, masks.selecting);
    }
  }
  return { model, reading, users, words, fields, selecting, behind: new Map(), messages: new Map() };
}

function nodeAt({ model }: Spread, at: number): CodedNode {
  const node = model[at];
  if (node === undefined) throw new RangeError(`no node ${at}`);
  return node;
}

/** Who selects something at `at` or anywhere beyond it, seen from its neighbour `from`. */
function selectingBehind(spread: Spread, at: number, from: number): Uint32Array {
  const name = `${at}>${from}`;
  const known = spread.behind.get(name);
  if (known !== undefined) return known;
  const users = new Uint32Array(spread.words);
  const own = spread.selecting[at];
  if (own !== undefined) unite(users, own);
  for (const next of nodeAt(spread, at).neighbours) {
    if (next !== from) unite(users, selectingBehind(spread, next, at));
  }
  spread.behind.set(name, users);
  return users;
}

function ownFactors(spread: Spread, node: CodedNode): Factor[] {
  return node.fields.flatMap((field) => {
    const masks = spread.fields.get(field)?.masks;
    return masks === undefined ? [] : [{ codes: node.column(field), masks, size: masks.length / spread.words }];
  });
}

/** What arrives over an edge; a factor of the node that holds the link key. */
function arriving(spread: Spread, at: number, { key, slots }: Edge): Factor | undefined {
  const masks = messageOf(spread, key, at);
  return masks === undefined ? undefined : { codes: slots, masks, size: masks.length / spread.words };
}

function present<T>(items: readonly (T | undefined)[]): T[] {
  return items.filter((item) => item !== undefined);
}

/** Lets through at every slot who selects nothing behind it. */
function letPass(masks: Uint32Array, behind: Uint32Array): Uint32Array {
  const words = behind.length;
  for (let at = 0; at < masks.length; at += words) {
    for (let word = 0; word < words; word++) masks[at + word] = (masks[at + word] ?? 0) | ~(behind[word] ?? 0);
  }
  return masks;
}

/** Entry 0 of a link key stands for no combination: nobody reaches anything through it. */
function closeNone(masks: Uint32Array, words: number): Uint32Array {
  masks.fill(0, 0, words);
  return masks;
}

/** `masks &= factor`, entry by entry. */
function narrow(masks: Uint32Array, { codes, masks: allowed }: Factor, words: number): void {
  let into = 0;
  for (let entry = 0; into < masks.length; entry++) {
    const from = (codes[entry] ?? 0) * words;
    for (let word = 0; word < words; word++, into++) masks[into] = (masks[into] ?? 0) & (allowed[from + word] ?? 0);
  }
}

/** Masks by entry of a link key, leaving aside the side `to`. */
function maskEntries(spread: Spread, at: number, to: number): Uint32Array {
  const { words } = spread;
  const node = nodeAt(spread, at);
  const masks = new Uint32Array(node.size * words).fill(0xffff_ffff);
  const smaller = node.edges.filter(({ key }) => key !== to).map((edge) => arriving(spread, at, edge));
  for (const factor of present([...ownFactors(spread, node), ...smaller])) narrow(masks, factor, words);
  const held = new Set(node.edges.map(({ key }) => key));
  const holders = node.neighbours.filter((holder) => holder !== to && !held.has(holder));
  for (const message of present(holders.map((holder) => messageOf(spread, holder, at)))) {
    for (let word = 0; word < masks.length; word++) masks[word] = (masks[word] ?? 0) & (message[word] ?? 0);
  }
  return masks;
}

function edgeTo(node: CodedNode, key: number): Edge | undefined {
  return node.edges.find((edge) => edge.key === key);
}

function gather(spread: Spread, at: number, edge: Edge): Uint32Array {
  const node = nodeAt(spread, at);
  const gathering: Gathering = { slots: edge.slots, size: nodeAt(spread, edge.key).size };
  const others = node.edges.filter((other) => other !== edge).map((other) => arriving(spread, at, other));
  const factors =
    node.kind === "table"
      ? present([...ownFactors(spread, node), ...others])
      : [{ codes: entriesOf(node.size), masks: maskEntries(spread, at, edge.key), size: node.size }];
  const scan = {
    rows: node.size,
    users: spread.users,
    reading: spread.reading,
    factors,
    counts: false,
    gatherings: [gathering],
  };
  return scanRows(scan).gathered[0] ?? new Uint32Array(0);
}

function entriesOf(size: number): Uint32Array {
  return Uint32Array.from({ length: size }, (_, at) => at);
}

/** The message from a node to its neighbour, in slots of the one of them that is the smaller link key. */
function messageOf(spread: Spread, from: number, to: number): Uint32Array | undefined {
  const name = `${from}>${to}`;
  if (spread.messages.has(name)) return spread.messages.get(name);
  const behind = selectingBehind(spread, from, to);
  const edge = edgeTo(nodeAt(spread, from), to);
  let message: Uint32Array | undefined;
  if (!isEmptyMask(behind)) {
    const masks = edge === undefined ? maskEntries(spread, from, to) : gather(spread, from, edge);
    message = letPass(closeNone(masks, spread.words), behind);
  }
  spread.messages.set(name, message);
  return message;
}

/** Everything that restricts the rows of a table. */
export function factorsOf(spread: Spread, table: number): readonly Factor[] {
  const node = nodeAt(spread, table);
  return present([...ownFactors(spread, node), ...node.edges.map((edge) => arriving(spread, table, edge))]);
}

/** Edges over which the table still owes a message that somebody's selection shapes. */
function owed(spread: Spread, table: number): readonly Edge[] {
  return nodeAt(spread, table).edges.filter(
    ({ key }) => !spread.messages.has(`${table}>${key}`) && !isEmptyMask(selectingBehind(spread, table, key)),
  );
}

/**
 * Rows of a table each user sees. The same read settles the messages the table owes: they may leave out whom the link
 * key itself refuses, since nobody is let in there anyhow.
 */
export function countTable(spread: Spread, table: number): Float64Array {
  const node = nodeAt(spread, table);
  const arrived = node.edges.map((edge) => arriving(spread, table, edge));
  const edges = owed(spread, table);
  const { counts, gathered } = scanRows({
    rows: node.size,
    users: spread.users,
    reading: spread.reading,
    factors: present([...ownFactors(spread, node), ...arrived]),
    counts: true,
    gatherings: edges.map((edge) => ({
      slots: edge.slots,
      size: nodeAt(spread, edge.key).size,
      own: arrived[node.edges.indexOf(edge)],
    })),
  });
  for (const [at, { key }] of edges.entries()) {
    const masks = closeNone(gathered[at] ?? new Uint32Array(0), spread.words);
    spread.messages.set(`${table}>${key}`, letPass(masks, selectingBehind(spread, table, key)));
  }
  return counts;
}

/** Who sees a row of the table with each code of a field. */
export function seenCodes(spread: Spread, table: number, { columns, values }: EncodedField): Uint32Array {
  const slots = columns[table];
  const factors = factorsOf(spread, table);
  if (slots === undefined) return new Uint32Array(values.length * spread.words);
  const own = factors.find(({ codes }) => codes === slots);
  const { users, reading } = spread;
  const gatherings = [{ slots, size: values.length, own }];
  return (
    scanRows({ rows: slots.length, users, reading, factors, counts: false, gatherings }).gathered[0] ??
    new Uint32Array(0)
  );
}

/** All nodes associated with one, from it outwards. */
function outwardsFrom(model: CodedModel, start: number): ReadonlySet<number> {
  const found = new Set([start]);
  for (const at of found) for (const next of model[at]?.neighbours ?? []) found.add(next);
  return found;
}

/** Tables in the order in which counting reads each as rarely as can be: the largest first, then outwards from it. */
export function countingOrder(model: CodedModel): readonly number[] {
  const tables = [...model.keys()].filter((at) => model[at]?.kind === "table");
  const largest = tables.toSorted((a, b) => (model[b]?.size ?? 0) - (model[a]?.size ?? 0));
  const order = new Set(largest.flatMap((start) => [...outwardsFrom(model, start)]));
  return [...order].filter((at) => model[at]?.kind === "table");
}
