/** What deploying needs at hand, and the record of what it made. */
import type { Entity } from "../../contract/types.ts";
import type { Connection } from "./engine.ts";
import { type IdMap, bodyOf } from "./ids.ts";
import type { OwnThings } from "./own-things.ts";
import type { Qrs } from "./qrs.ts";
import { marked, tagFor, type RunTag } from "./tagging.ts";

export interface Workshop {
  readonly qrs: Qrs;
  readonly ids: IdMap;
  readonly tag: RunTag;
  /** The tag for what is made on a site that stays: made on first use, since most questions need nothing made. */
  readonly helperTag: () => Promise<RunTag>;
  /** What the run may change on a site that others use too; absent on one kept for tests. */
  readonly own?: OwnThings;
  /** Certificate for virtual proxies of the case. */
  readonly certificatePem?: string;
  /** An engine connection as the deploying user, opened on first use. */
  readonly engine: (app?: string) => Promise<Connection>;
  /** Sends a file beside an app; the script then reads it from `lib://AttachedFiles`. */
  readonly attach: (appId: string, name: string, content: string) => Promise<void>;
  /** Makes an app of an app file; gives its id. */
  readonly upload: (name: string, content: Uint8Array) => Promise<string>;
}

export interface Created {
  readonly path: string;
  readonly id: string;
}

/** Records what was made, newest last; {@link removeAll} goes backwards. */
export class Ledger {
  readonly #created: Created[] = [];
  readonly #undo: ((qrs: Qrs) => Promise<void>)[] = [];

  readonly #own: OwnThings | undefined;

  constructor(own?: OwnThings) {
    this.#own = own;
  }

  add(path: string, id: string): void {
    this.#own?.add(id);
    this.#created.push({ path, id });
  }

  /** A change of something that was there before, and how to take it back. */
  addUndo(undo: (qrs: Qrs) => Promise<void>): void {
    this.#undo.push(undo);
  }

  async removeAll(qrs: Qrs): Promise<readonly string[]> {
    const left: string[] = [];
    for (const undo of this.#undo.toReversed()) await undo(qrs).catch((error: unknown) => left.push(String(error)));
    for (const { path, id } of this.#created.toReversed()) {
      const answer = await qrs.send("DELETE", `${path}/${id}`);
      if (answer.status !== 204 && answer.status !== 404) left.push(`${path}/${id} (${answer.status})`);
    }
    this.#created.length = 0;
    this.#undo.length = 0;
    return left;
  }
}

export interface Making {
  readonly type: string;
  readonly path: string;
}

/** Before something is made on a site that others use: what is there already is none of the run's own. */
export async function lookBefore({ own, qrs }: Workshop, path: string): Promise<void> {
  await own?.look(path, async () => qrs.list(path));
}

export async function createOne(
  shop: Workshop,
  ledger: Ledger,
  { type, path }: Making,
  entity: Entity,
): Promise<Entity> {
  await lookBefore(shop, path);
  const made = await shop.qrs.create(path, marked(type, bodyOf(entity, shop.ids), shop.tag));
  ledger.add(path, made.id);
  shop.ids.set(type, entity.id, made.id);
  const name = tagFor(path, made.id, shop.tag);
  if (name !== undefined) ledger.add("/tag", (await shop.qrs.create("/tag", { name })).id);
  return made;
}
