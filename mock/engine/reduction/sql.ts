/**
 * The reduction of any number of (app, user) pairs as one SQL text over the universal layout. The steps are those of the
 * help: rows of section access that apply, their values as selections, what the selections exclude, fields omitted.
 */
import type { Dialect } from "../../../catalogue/dialects.ts";
import type { EngineSeams } from "../seams.ts";
import { identityFields, requiredFields, systemFields } from "./identity.ts";
import { everything } from "./symbol.ts";

export interface Rounds {
  readonly access: number;
  readonly app: number;
}

/** One row a pair: `pair`, `level` (NULL: refused), `omitted` field numbers, `bound` (reduced at all), `lines` kept. */
export function reductionSql(dialect: Dialect, seams: EngineSeams, rounds: Rounds): string {
  return `WITH ${[
    applyingRows(dialect, seams, rounds.access),
    omittedFields(dialect, seams),
    fieldFates(dialect, seams),
    keptLines(seams, rounds.app),
    `refusal AS (SELECT pair FROM refused ${dialect.emptyResult === "deny" ? "UNION SELECT pair FROM emptied" : ""})`,
  ].join(",\n")}
SELECT p.pair, CASE WHEN r.pair IS NULL THEN e.level END AS level, o.fields AS omitted, b.pair IS NOT NULL AS bound, k.lines
FROM pair p
LEFT JOIN entitled e ON e.pair = p.pair
LEFT JOIN refusal r ON r.pair = p.pair
LEFT JOIN (SELECT pair, list(field) AS fields FROM omitted GROUP BY pair) o ON o.pair = p.pair
LEFT JOIN (SELECT DISTINCT pair FROM bound) b ON b.pair = p.pair
LEFT JOIN (SELECT pair, list(line) AS lines FROM kept GROUP BY pair) k ON k.pair = p.pair`;
}

/** `applying` (pair, node, line): rows of section access that apply; `entitled` (pair, level): who may open at all. */
function applyingRows(dialect: Dialect, seams: EngineSeams, rounds: number): string {
  const asked = sqlList(identityFields(dialect));
  const blankFits = dialect.blankIdentity === "anybody" ? "c.blank" : "FALSE";
  return `naming AS (SELECT DISTINCT app, node FROM access_column WHERE field IN (${asked})),
naming_cell AS (
  SELECT app, line, field, star, blank, CASE WHEN NOT star AND NOT blank THEN text END AS text
  FROM access_cell WHERE field IN (${asked})
),
judged AS (
  SELECT p.pair, c.line, ${seams.starFits} OR ${blankFits} OR i.pair IS NOT NULL AS hit
  FROM pair p JOIN naming_cell c ON c.app = p.app
  LEFT JOIN identity i ON i.pair = p.pair AND i.field = c.field AND ${seams.matchIdentity}
),
fitting AS (SELECT pair, line, ${seams.rowApplies(dialect)} AS fits FROM judged GROUP BY pair, line),
levels AS (SELECT c.line, ${seams.levelOf(dialect)} AS level FROM access_cell c WHERE c.field = 'ACCESS'),
access_kept_0 AS (
  SELECT p.pair, l.node, l.line
  FROM pair p JOIN access_line l ON l.app = p.app
  LEFT JOIN fitting f ON f.pair = p.pair AND f.line = l.line
  LEFT JOIN levels v ON v.line = l.line
  WHERE coalesce(f.fits, TRUE) AND (v.line IS NULL OR v.level IS NOT NULL)
),
access_crossing AS (
  SELECT DISTINCT p.pair, e.edge, e.source, e.target, e.link
  FROM pair p JOIN access_edge e ON e.app = p.app JOIN access_beyond y ON y.edge = e.edge
  WHERE y.field IN (${asked})
),
${exclusion("access", rounds, { alsoMeets: starLinks(asked), carries: "TRUE" })}possible AS (SELECT pair, node, line FROM access_kept_${rounds}),
applying AS (SELECT m.pair, m.node, m.line FROM possible m WHERE ${seams.rowCounts}),
entitled AS (
  SELECT m.pair, CASE WHEN ${seams.leads(dialect)} THEN 'ADMIN' ELSE 'USER' END AS level
  FROM applying m JOIN levels v ON v.line = m.line JOIN pair p ON p.pair = m.pair
  WHERE (p.app NOT IN (SELECT app FROM naming) OR m.pair IN (SELECT a.pair FROM applying a JOIN naming n ON n.node = a.node))
    AND ${hasRequired(dialect)}
  GROUP BY m.pair
)`;
}

/** Section access without a column that the release asks for lets nobody in (SA-SYS-01). */
function hasRequired(dialect: Dialect): string {
  const required = requiredFields(dialect);
  if (required === undefined) return "TRUE";
  return `p.app IN (SELECT app FROM access_column WHERE field IN (${sqlList(required)}))`;
}

/** A star in an identity column names everybody, so it meets every name when access tables link through it (SA-WLD-01). */
function starLinks(asked: string): string {
  return `OR (k.link IN (${asked}) AND (k.symbol = 'T:${everything}' OR v.symbol = 'T:${everything}'))`;
}

/** `bound` (pair, field): fields that reduce; `allowed` (pair, field, symbol): their values; `refused` (pair). */
function fieldFates(dialect: Dialect, seams: EngineSeams): string {
  const ordinary = dialect.systemFieldsReduce ? "TRUE" : `a.field NOT IN (${sqlList(systemFields(dialect))})`;
  return `linked AS (
  SELECT DISTINCT a.app, a.field AS name, f.field
  FROM access_column a JOIN app_field f ON f.app = a.app AND ${seams.reduces(dialect)}
  WHERE ${ordinary}
),
spoken AS (
  SELECT m.pair, l.field, c.app, c.node, c.line, c.field AS name, c.border, c.blank AND NOT (${seams.emptyCounts(dialect)}) AS blank, c.star
  FROM applying m JOIN access_cell c ON c.line = m.line JOIN linked l ON l.app = c.app AND l.name = c.field
  WHERE ${dialect.omittedReducing === "reduces" ? "TRUE" : notOmitted("m.pair", "l.field")}
),
listed AS (${seams.listedValues}),
wanted AS (
  SELECT pair, field, border FROM spoken WHERE NOT blank AND NOT star
  UNION
  SELECT s.pair, s.field, v.border
  FROM spoken s JOIN listed v ON v.app = s.app AND v.name = s.name AND ${seams.starScope(dialect)}
  WHERE s.star
),
allowed AS (
  SELECT DISTINCT w.pair, w.field, d.symbol
  FROM wanted w JOIN app_symbol d ON d.field = w.field AND d.border = w.border
),
lone AS (
  SELECT DISTINCT s.pair, s.field FROM spoken s
  WHERE s.star AND NOT EXISTS (SELECT 1 FROM listed v WHERE v.app = s.app AND v.name = s.name AND ${seams.starScope(dialect)})
),
facts AS (
  SELECT e.pair, e.level, l.field, coalesce(s.valued, FALSE) AS valued, coalesce(s.blank, FALSE) AS blank,
    a.pair IS NOT NULL AS matched, m.pair IS NOT NULL AS lacking,
    n.pair IS NOT NULL AS lone
  FROM entitled e JOIN pair p ON p.pair = e.pair JOIN (SELECT DISTINCT app, field FROM linked) l ON l.app = p.app
  LEFT JOIN (SELECT pair, field, bool_or(NOT blank) AS valued, bool_or(blank) AS blank FROM spoken GROUP BY pair, field) s
    ON s.pair = e.pair AND s.field = l.field
  LEFT JOIN (SELECT DISTINCT pair, field FROM allowed) a ON a.pair = e.pair AND a.field = l.field
  LEFT JOIN (
    SELECT DISTINCT w.pair, w.field FROM wanted w
    WHERE NOT EXISTS (SELECT 1 FROM app_symbol d WHERE d.field = w.field AND d.border = w.border)
  ) m ON m.pair = e.pair AND m.field = l.field
  LEFT JOIN lone n ON n.pair = e.pair AND n.field = l.field
  WHERE ${dialect.omittedReducing === "reduces" ? "TRUE" : notOmitted("e.pair", "l.field")}
),
fates AS (SELECT pair, field, ${seams.fieldFate(dialect)} AS fate FROM facts),
refused AS (SELECT pair FROM fates GROUP BY pair HAVING ${seams.refuses(dialect)}),
bound AS (SELECT pair, field FROM fates WHERE fate = 'values' AND pair NOT IN (SELECT pair FROM refused))`;
}

/** `kept` (pair, node, line): rows that stay, of the pairs that are reduced at all; `emptied` (pair). */
function keptLines(seams: EngineSeams, rounds: number): string {
  return `outside AS (
  SELECT DISTINCT b.pair, l.line
  FROM bound b JOIN app_holds h ON h.field = b.field JOIN app_line l ON l.node = h.node
  LEFT JOIN app_cell c ON c.line = l.line AND c.field = b.field
  LEFT JOIN allowed a ON a.pair = b.pair AND a.field = b.field AND a.symbol = c.symbol
  WHERE CASE WHEN c.line IS NULL THEN NOT (${seams.nullStays}) ELSE a.pair IS NULL END
  UNION ${seams.alsoExcluded}
),
app_kept_0 AS (
  SELECT p.pair, l.node, l.line
  FROM pair p JOIN app_line l ON l.app = p.app JOIN app_node n ON n.node = l.node
  WHERE p.pair IN (SELECT pair FROM bound)
    AND NOT EXISTS (SELECT 1 FROM outside o WHERE o.pair = p.pair AND o.line = l.line)
    AND (NOT n.island OR (${seams.islandStays}))
),
app_crossing AS (
  SELECT DISTINCT b.pair, e.edge, e.source, e.target, e.link
  FROM bound b JOIN app_beyond y ON y.field = b.field JOIN app_edge e ON e.edge = y.edge
  WHERE ${seams.crosses}
),
${exclusion("app", rounds, { alsoMeets: "", carries: seams.carries })}kept AS (SELECT pair, node, line FROM app_kept_${rounds}),
touched AS (
  SELECT b.pair, h.node FROM bound b JOIN app_holds h ON h.field = b.field
  UNION SELECT pair, target FROM app_crossing
),
emptied AS (
  SELECT pair FROM touched
  EXCEPT SELECT t.pair FROM touched t JOIN kept k ON k.pair = t.pair AND k.node = t.node
)`;
}

interface Crossing {
  /** Further SQL condition under which keys `k` and `v` meet. */
  readonly alsoMeets: string;
  /** SQL condition on the keys `v` of rows that stay. */
  readonly carries: string;
}

/**
 * An exclusion to its fixpoint: a row goes when, across some edge with a constraint beyond it, no row is left to meet it
 * (SA-PRP-01). A tree of diameter `rounds` is settled after so many steps; NULL has no key and meets nobody.
 */
function exclusion(model: "access" | "app", rounds: number, { alsoMeets, carries }: Crossing): string {
  const steps = Array.from({ length: rounds }, (_, round) => {
    const kept = `${model}_kept_${round}`;
    return `${model}_meeting_${round} AS (
  SELECT DISTINCT x.pair, x.edge, v.symbol
  FROM ${model}_crossing x JOIN ${kept} s ON s.pair = x.pair AND s.node = x.source
  JOIN ${model}_key v ON v.line = s.line AND v.link = x.link
  WHERE ${carries}
),
${model}_met_${round} AS (
  SELECT DISTINCT t.pair, x.edge, t.line
  FROM ${model}_crossing x JOIN ${kept} t ON t.pair = x.pair AND t.node = x.target
  JOIN ${model}_key k ON k.line = t.line AND k.link = x.link
  JOIN ${model}_meeting_${round} v ON v.pair = x.pair AND v.edge = x.edge AND (v.symbol = k.symbol ${alsoMeets})
),
${model}_alone_${round} AS (
  SELECT DISTINCT t.pair, t.line
  FROM ${model}_crossing x JOIN ${kept} t ON t.pair = x.pair AND t.node = x.target
  LEFT JOIN ${model}_met_${round} m ON m.pair = t.pair AND m.edge = x.edge AND m.line = t.line
  WHERE m.pair IS NULL
),
${model}_kept_${round + 1} AS (
  SELECT t.pair, t.node, t.line FROM ${kept} t
  WHERE NOT EXISTS (SELECT 1 FROM ${model}_alone_${round} a WHERE a.pair = t.pair AND a.line = t.line)
)`;
  });
  return steps.map((step) => `${step},\n`).join("");
}

/** `omitted` (pair, field): app fields that do not exist for the user (SA-OMT-02, SA-OMT-03). */
function omittedFields(dialect: Dialect, seams: EngineSeams): string {
  return `omitting AS (
  SELECT m.pair, c.app, c.node, c.line, c.text AS name, c.star
  FROM applying m JOIN access_cell c ON c.line = m.line
  WHERE c.field = 'OMIT' AND NOT c.blank AND (${seams.heedsOmit})
),
omit_names AS (
  SELECT pair, app, name FROM omitting WHERE NOT star
  UNION
  SELECT s.pair, s.app, v.name FROM omitting s JOIN (${seams.listedOmits}) v
    ON v.app = s.app AND ${seams.starScope(dialect)} AND ${dialect.omitStar === "anywhere" ? "TRUE" : "v.line < s.line"}
  WHERE s.star
),
omitted AS (SELECT DISTINCT o.pair, f.field FROM omit_names o JOIN app_field f ON f.app = o.app AND ${seams.omits(dialect)})`;
}

/** A hidden field may reduce nothing (SA-OMT-10). */
function notOmitted(pair: string, field: string): string {
  return `NOT EXISTS (SELECT 1 FROM omitted h WHERE h.pair = ${pair} AND h.field = ${field})`;
}

function sqlList(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(", ");
}
