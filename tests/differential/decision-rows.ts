/** The rows of the decision table (section 8 of the catalogue) that the fields of a user fall into. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal } from "../../contract/types.ts";
import { cellsOf, securityTables } from "../../reference/section-access/access-model.ts";
import { standingOf } from "../../reference/section-access/identity.ts";
import { isSystemField } from "../../reference/section-access/names.ts";
import { dataKeys, expandStars } from "../../reference/section-access/reducing-fields.ts";
import { borderKey, isBlank, isStar } from "../../reference/section-access/values.ts";
import type { LoadedApp } from "../../reload/model.ts";

/** Keys of sub tables: they link tables of rights and are no columns of values. */
const subKeys: ReadonlySet<string> = new Set(["PROFILE", "ROLE", "OMITGROUP"]);

/** What a field of an applying row may be, each at both levels. */
export const decisionKinds = [
  "values, some match",
  "values, none match",
  "only blank",
  "star, some match",
  "star, none match",
  "not in the app",
] as const;

/** `USER: star, some match` for each field of values of the user's rows; none for one no row speaks of. */
export function decisionRows(app: LoadedApp, who: Principal, dialect: Dialect): string[] {
  const tables = securityTables(app, dialect);
  const { level, rows } = standingOf(tables, who, dialect);
  if (level === undefined) return [];
  const names = [...new Set(tables.flatMap((table) => table.fields))];
  return names
    .filter((name) => !isSystemField(name, dialect) && !subKeys.has(name))
    .map((name) => {
      const cells = cellsOf(tables, name, rows);
      if (!app.app.some((table) => table.fields.includes(name))) return `${level}: not in the app`;
      if (cells.every(({ value }) => isBlank(value))) return `${level}: only blank`;
      const inData = dataKeys(app.app, [name], dialect);
      const values = expandStars(name, cells, { tables, dialect });
      const match = values.some((value) => inData.has(borderKey(value, dialect) ?? "")) ? "some match" : "none match";
      return `${level}: ${cells.some(({ value }) => isStar(value)) ? "star" : "values"}, ${match}`;
    });
}
