/** Changing the tables a script left behind. */
import type { Value } from "../../contract/types.ts";
import type { LoadedApp } from "../../reload/model.ts";
import type { Seams } from "../seams.ts";

/** The app with every value of its data changed. */
export function withValues(loaded: LoadedApp, change: (value: Value) => Value): LoadedApp {
  return { ...loaded, app: loaded.app.map((table) => ({ ...table, rows: table.rows.map((row) => row.map(change)) })) };
}

/** The app with every field of its data renamed. */
export function withFields(loaded: LoadedApp, rename: (field: string) => string): LoadedApp {
  return { ...loaded, app: loaded.app.map((table) => ({ ...table, fields: table.fields.map(rename) })) };
}

/** The seams with every load script read as another text. */
export function withScript(seams: Seams, change: (script: string) => string): Seams {
  const { reload } = seams.engine;
  return { ...seams, engine: { ...seams.engine, reload: (script, options) => reload(change(script), options) } };
}
