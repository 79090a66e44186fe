/** Lists as tables of chosen columns (QR-030). */
import type { Entity, Json } from "../../contract/types.ts";
import { isRecord, recordsOf, textAt, type Fields } from "../fields.ts";
import { valuesAt } from "./query.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

interface Column {
  readonly name: string;
  readonly type: "Property" | "Function" | "List";
  readonly definition: string;
  readonly list: readonly Column[];
}

const columnTypes: readonly Column["type"][] = ["Property", "Function", "List"];

function columnOf(value: Fields): Column {
  const type = columnTypes.find((one) => one === (value["columnType"] ?? "Property"));
  const [name, definition] = [textAt(value, "name"), textAt(value, "definition")];
  if (type === undefined || name === "" || /\s/.test(name) || definition === "") {
    throw new Refusal(400, "Missing parameter value(s): columns");
  }
  return { name, type, definition, list: recordsOf(value["list"]).map(columnOf) };
}

/** Relations are named in the singular: `tag` leads to `tags`. */
function related(store: Store, entity: Entity, relation: string): readonly Json[] {
  const found = valuesAt(store, entity, [relation]);
  return found.length > 0 ? found : valuesAt(store, entity, [`${relation}s`]);
}

function isEntity(value: Json): value is Entity {
  return isRecord(value) && typeof value["id"] === "string";
}

function cell(store: Store, entity: Entity, { type, definition, list }: Column): Json {
  switch (type) {
    case "Property":
      return valuesAt(store, entity, definition.split("."))[0] ?? null;
    case "Function": {
      const [, relation] = /^count\(\[?([\w.]+)\]?\)$/i.exec(definition) ?? [];
      if (relation === undefined) throw new Refusal(400, `Cannot parse the expression: ${definition}`);
      return related(store, entity, relation).length;
    }
    case "List":
      return rowsOf(store, related(store, entity, definition).filter(isEntity), list);
  }
}

function rowsOf(store: Store, entities: readonly Entity[], columns: readonly Column[]): Json {
  return {
    columnNames: columns.map(({ name }) => name),
    rows: entities.map((entity) => columns.map((column) => cell(store, entity, column))),
  };
}

/** How many of a list are left out before the table begins, and how many it has. */
export interface Page {
  readonly skip: number;
  readonly take: number;
}

/** `POST /qrs/{type}/table`: a row an entity, a cell a column of the body. */
export function tableOf(store: Store, entities: readonly Entity[], body: Json, { skip, take }: Page): Json {
  const columns = recordsOf(isRecord(body) ? body["columns"] : undefined).map(columnOf);
  if (columns.length === 0) throw new Refusal(400, "Missing parameter value(s): columns");
  const table = rowsOf(store, entities.slice(skip, skip + take), columns);
  return { id: "00000000-0000-0000-0000-000000000000", ...(isRecord(table) ? table : {}), schemaPath: "Table" };
}
