/** Step 5: the fields that OMIT hides (§11). */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Reason } from "../../contract/types.ts";
import type { AppTable } from "../../reload/model.ts";
import { cellsOf, type SecurityTable } from "./access-model.ts";
import type { Standing } from "./identity.ts";
import { expandStars, listedFor } from "./reducing-fields.ts";
import { isStar, textOf, upperText } from "./values.ts";

export interface Omission {
  /** Fields of the app, as the app spells them, sorted. */
  readonly fields: readonly string[];
  readonly because: readonly Reason[];
}

/** `*` any text, `?` one character; walks the text once per star, never back further than the last one. */
function fitsPattern(pattern: string, text: string): boolean {
  let [at, held, star, mark] = [0, 0, -1, 0];
  while (held < text.length) {
    if (pattern[at] === "*") {
      star = at++;
      mark = held;
    } else if (pattern[at] === "?" || pattern[at] === text[held]) {
      at++;
      held++;
    } else if (star >= 0) {
      at = star + 1;
      held = ++mark;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}

/** Whether a name in OMIT means this field of the app (SA-OMT-04, SA-OMT-06). */
function means(name: string, field: string, dialect: Dialect): boolean {
  const [wanted, held] = dialect.omitNameMatch === "exact" ? [name, field] : [upperText(name), upperText(field)];
  return dialect.omitPattern === "glob" ? fitsPattern(wanted, held) : wanted === held;
}

/** The names a star in OMIT stands for: all that are listed, or those in rows before its own (SA-OMT-03). */
const namesFor: typeof listedFor = (field, star, { tables, dialect }) => {
  if (dialect.omitStar === "anywhere") return listedFor(field, star, { tables, dialect });
  const table = { ...star.table, rows: star.table.rows.slice(0, star.row - 1) };
  return listedFor(
    field,
    { ...star, table },
    { tables: [...tables.slice(0, tables.indexOf(star.table)), table], dialect },
  );
};

/** Names add up over the rows that apply; a star is every name listed (SA-OMT-02, SA-OMT-03). */
export function omission(
  standing: Standing,
  tables: readonly SecurityTable[],
  app: readonly AppTable[],
  dialect: Dialect,
): Omission {
  const cells = cellsOf(tables, "OMIT", standing.rows);
  const names = expandStars("OMIT", cells, { tables, dialect }, namesFor).map(textOf);
  const inApp = [...new Set(app.flatMap((table) => table.fields))];
  const fields = inApp.filter((field) => names.some((name) => means(name, field, dialect))).sort();
  if (names.length === 0) return { fields, because: [] };
  const starred = cells.some((cell) => isStar(cell.value));
  const because = [
    ...names.flatMap((name): Reason[] =>
      whyName(
        name,
        inApp.filter((field) => means(name, field, dialect)),
      ),
    ),
    ...whyRoute(fields, { tables, app, dialect, starred, level: standing.level, several: cells.length > 1 }),
  ];
  return { fields, because };
}

function whyName(name: string, hidden: readonly string[]): Reason[] {
  if (hidden.length === 0) return [{ requirement: "SA-OMT-07", evidence: `the app has no field ${name}` }];
  const respelt = hidden.find((field) => field !== name && upperText(field) === upperText(name));
  const evidence = `OMIT ${name} hides ${hidden.join(", ")}`;
  return [{ requirement: respelt === undefined ? "SA-OMT-01" : "SA-OMT-06", evidence }];
}

interface Route {
  readonly tables: readonly SecurityTable[];
  readonly app: readonly AppTable[];
  readonly dialect: Dialect;
  readonly starred: boolean;
  readonly several: boolean;
  readonly level: Standing["level"];
}

function whyRoute(fields: readonly string[], route: Route): Reason[] {
  if (fields.length === 0) return [];
  const evidence = fields.join(", ");
  const because: Reason[] = [];
  if (route.starred) because.push({ requirement: "SA-OMT-03", evidence: `* omits what is listed: ${evidence}` });
  else if (route.several && fields.length > 1)
    because.push({ requirement: "SA-OMT-02", evidence: `rows add up: ${evidence}` });
  const inPlace = route.tables.some((table) => table.fields.includes("OMIT") && table.fields.includes("ACCESS"));
  if (!inPlace) because.push({ requirement: "SA-OMT-05", evidence: "OMIT stands in a table of its own" });
  if (route.level === "ADMIN") because.push({ requirement: "SA-ACC-06", evidence: `ADMIN loses ${evidence}` });
  return [...because, ...whyDelicate(fields, route)];
}

/** Omitted fields that reduce or link: reduction first, then hiding (SA-OMT-09, SA-OMT-10, SA-OMT-13). */
function whyDelicate(fields: readonly string[], { app, tables }: Route): Reason[] {
  return fields.flatMap((field): Reason[] => {
    if (tables.some((table) => table.fields.includes(upperText(field)))) {
      return [{ requirement: "SA-OMT-10", evidence: `${field} reduces before it is hidden` }];
    }
    const holders = app.filter((table) => table.fields.includes(field));
    if (holders.length < 2) return [];
    const requirement = holders.some((table) => table.loosened) ? "SA-OMT-13" : "SA-OMT-09";
    return [{ requirement, evidence: `${field} is hidden in ${holders.map((table) => table.name).join(", ")}` }];
  });
}
