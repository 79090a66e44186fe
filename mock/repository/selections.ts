/** Selections: entities kept under an id, for later calls of who chose them (QR-032). */
import { randomUUID } from "node:crypto";
import type { Entity, Json } from "../../contract/types.ts";
import { isRecord, recordsOf, textAt } from "../fields.ts";
import { same } from "../rules/model.ts";
import { signature, type Caller } from "./caller.ts";
import { unknown } from "./refusal.ts";

interface Selection {
  readonly of: string;
  readonly ids: readonly string[];
}

export interface Selections {
  /** Keeps the entities a body names by their ids, or all of the list when it names none; gives the selection. */
  keep(caller: Caller, entities: readonly Entity[], body: Json): Json;
  /** The entities of a list that are in a selection; 404 where the caller has none of this id. */
  chosen(caller: Caller, id: string, entities: readonly Entity[]): readonly Entity[];
  drop(caller: Caller, id: string): void;
}

export function createSelections(): Selections {
  const kept = new Map<string, Selection>();
  const held = (caller: Caller, id: string): Selection => {
    const found = kept.get(id);
    if (found === undefined || !same(found.of, signature(caller))) throw unknown();
    return found;
  };
  return {
    keep: (caller, entities, body) => {
      const named = recordsOf(isRecord(body) ? body["items"] : undefined).map((item) => textAt(item, "objectID"));
      const ids = entities.map((entity) => entity.id).filter((id) => named.length === 0 || named.includes(id));
      const id = randomUUID();
      kept.set(id, { of: signature(caller), ids });
      return { id, items: ids.map((objectID) => ({ objectID })), schemaPath: "Selection" };
    },
    chosen: (caller, id, entities) => {
      const { ids } = held(caller, id);
      return entities.filter((entity) => ids.includes(entity.id));
    },
    drop: (caller, id) => {
      held(caller, id);
      kept.delete(id);
    },
  };
}
