/** What a script loads, in the short forms tests compare. */
import assert from "node:assert/strict";

import { ConformanceError } from "../../contract/errors.ts";
import type { Value } from "../../contract/types.ts";
import { reload } from "../../reload/index.ts";
import type { FileAccess } from "../../reload/model.ts";

/** Files of the trading company, by path. */
export interface Files {
  readonly [path: string]: string;
}

const noFiles: Files = {};

function filesOf(files: Files): FileAccess {
  return (path) => (Object.hasOwn(files, path) ? files[path] : undefined);
}

export type Shown = { readonly [table: string]: readonly (readonly Value[])[] };

/** App tables by name: the field names, then the rows. */
export function tables(script: string, files: Files = noFiles): Shown {
  const { app } = reload(script, { files: filesOf(files) });
  return Object.fromEntries(app.map((table) => [table.name, [table.fields, ...table.rows]]));
}

/** Rows of the only app table. */
export function rows(script: string, files: Files = noFiles): readonly (readonly Value[])[] {
  const { app } = reload(script, { files: filesOf(files) });
  assert.equal(app.length, 1, `${app.length} tables`);
  return app[0]?.rows ?? [];
}

/** Value of one expression. */
export function valueOf(expression: string): Value {
  return rows(`LOAD ${expression} AS X AUTOGENERATE 1;`)[0]?.[0] ?? null;
}

/** The known error a script ends with. */
export function errorOf(script: string, files: Files = noFiles): ConformanceError {
  try {
    reload(script, { files: filesOf(files), file: "sales.qvs" });
  } catch (error) {
    if (error instanceof ConformanceError) return error;
    throw error;
  }
  return assert.fail(`ran: ${script}`);
}
