/** An explanation as text for a person. */
import { formatPlace } from "../contract/errors.ts";
import type { Reason, Value } from "../contract/types.ts";
import type {
  AccessCellRef,
  AccessRowRef,
  Chain,
  Explanation,
  FieldExplanation,
  FieldSelection,
  NearRow,
  Refusal,
  RowExplanation,
} from "../analysis/section-access/explanation.ts";

/** Cells and rows told in one line; the rest is counted. */
const most = 4;

export function shownValue(value: Value): string {
  if (value === null) return "NULL";
  if (value === "") return "blank";
  return typeof value === "object" ? value.t : String(value);
}

function place(ref: AccessRowRef): string {
  const at = ref.place === undefined ? "" : ` (${formatPlace(ref.place)})`;
  return `row ${ref.row} of ${ref.table}${at}`;
}

function some<Item>(items: readonly Item[], tell: (item: Item) => string): string {
  const told = items.slice(0, most).map(tell).join("; ");
  return items.length > most ? `${told} and ${items.length - most} more` : told;
}

function cell(ref: AccessCellRef): string {
  return `${shownValue(ref.value)} in ${place(ref)}`;
}

function why(because: readonly Reason[], indent: string): readonly string[] {
  return because.map(({ requirement, evidence }) => `${indent}${requirement}  ${evidence}`);
}

function near(row: NearRow): string {
  const failed = row.failed.map((each) => `${each.field} is ${shownValue(each.value)}`).join(", ");
  const hint = row.hint === undefined ? "" : `: ${row.hint}`;
  return `    near: ${place(row)}${failed === "" ? "" : `, whose ${failed}`}${hint}`;
}

const steps: { readonly [step in Refusal["step"]]: string } = {
  "no-row": "no row of section access applies to him",
  "no-level": "the rows that name him give no level",
  "no-value": "a reducing field has no value of the data for him",
  "no-record": "no record fits all his fields",
};

function refusal(refused: Refusal): readonly string[] {
  return [
    `  refused: ${steps[refused.step]}`,
    ...why(refused.because, "    "),
    ...refused.nearest.map(near),
    ...refused.fields.map(({ field, cells }) => `    ${field}: ${cells.length === 0 ? "no cell" : some(cells, cell)}`),
  ];
}

function selected(field: FieldSelection): string {
  const from = field.cells.length === 0 ? "" : `  from ${some(field.cells, cell)}`;
  if (field.unrestricted) return `  ${field.field}  not reduced${from}`;
  return `  ${field.field}  ${field.values.length === 0 ? "no value of the data" : some(field.values, shownValue)}${from}`;
}

function chain(each: Chain): string {
  const path = each.path.map((stop, at) => {
    const via = Object.entries(stop.via).map(([field, value]) => `${field} ${shownValue(value)}`);
    return `${at === 0 ? "" : ` –[${via.join(", ")}]– `}${stop.table} row ${stop.row}`;
  });
  const from = each.cells.length === 0 ? "no row allows it" : `allowed by ${some(each.cells, cell)}`;
  return `    ${path.join("")}: ${each.field} ${shownValue(each.value)}, ${from}`;
}

function rowText(row: RowExplanation): readonly string[] {
  const values = Object.values(row.values).map(shownValue).join(", ");
  const by = row.stoppedBy.join(row.together ? " and " : ", ");
  const verdict = row.shown ? "shown" : `stopped by ${by}${row.together ? " together" : ""}`;
  return [
    `  ${row.table} row ${row.row} (${values})  ${verdict}`,
    ...row.letThrough.map(chain),
    ...row.reaches.map(chain),
    ...why(row.because, "    "),
  ];
}

function flip({ level, flip: { to, changes, tried, complete } }: Explanation): readonly string[] {
  if (level === "OPEN") return ["  the app has no section access: there are no rights to change"];
  const scope = complete ? `${tried} changes tried` : `the search ended after ${tried} changes`;
  if (changes.length === 0) return [`  no single change or pair found that makes it ${to} (${scope})`];
  return changes.map(({ edits }, at) => {
    const name = at === 0 ? `  smallest change that makes it ${to}` : "  or";
    return `${name}: ${edits.join(", and ")} (tried: it does)`;
  });
}

function head(told: Explanation): string {
  const hidden = told.omitted.length === 0 ? "" : `, without ${told.omitted.join(", ")}`;
  const level = told.level === undefined ? "" : ` (${told.level}${hidden})`;
  return `${told.user}  access ${told.access}${level}`;
}

function fieldText({ field, shown, hiddenBy, because }: FieldExplanation): readonly string[] {
  return [
    `  field ${field}  ${shown ? "shown" : "hidden"}`,
    ...hiddenBy.map((each) => `    OMIT ${cell(each)}`),
    ...why(because, "    "),
  ];
}

/** What the question was about: the refusal, a row, a field, or everything that gave access. */
function answerText(told: Explanation): readonly string[] {
  if (told.refused !== undefined) return refusal(told.refused);
  if (told.row !== undefined) return rowText(told.row);
  return told.field === undefined ? why(told.because, "    ") : fieldText(told.field);
}

export function explanationText(told: Explanation): string {
  const more = told.applies.length - most;
  return [
    head(told),
    ...told.applies.slice(0, most).map((row) => `  applies: ${place(row)}`),
    ...(more > 0 ? [`  and ${more} rows more`] : []),
    ...told.selects.map(selected),
    ...answerText(told),
    ...flip(told),
    "",
  ].join("\n");
}
