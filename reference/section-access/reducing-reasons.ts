/** Why a reducing field selects what it selects: which statements the decision rests on. */
import type { Reason, RequirementId, Value } from "../../contract/types.ts";
import type { AppTable } from "../../reload/model.ts";
import { isSystemField } from "./names.ts";
import { appFieldsOf, namesMatch } from "./reducing-fields.ts";
import type { Asking, ReducingField } from "./reducing-fields.ts";
import { borderKey, isStar, textOf, upperText } from "./values.ts";

export function reason(requirement: RequirementId, evidence: string): Reason {
  return { requirement, evidence };
}

function unlisted(listed: readonly Value[], { inData, dialect }: Matched): boolean {
  const keys = new Set(listed.map((value) => borderKey(value, dialect)));
  return [...inData].some((key) => !keys.has(key));
}

export interface Matched extends Asking {
  readonly keys: ReadonlySet<string>;
  /** Keys of all values of the data. */
  readonly inData: ReadonlySet<string>;
  readonly blank: boolean;
}

export function whyValues(field: ReducingField, listed: readonly Value[], asking: Matched): Reason[] {
  const { keys, dialect, level } = asking;
  const matched = listed.filter((value) => keys.has(borderKey(value, dialect) ?? ""));
  const absent = listed.filter((value) => !matched.includes(value));
  const because = [reason("SA-RED-01", `${field.name} is ${matched.map(textOf).join(" or ")}`)];
  if (isSystemField(field.name, dialect)) because.push(reason("SA-SCR-08", `the app has a field ${field.name}`));
  if (matched.some((value) => typeof value !== "string")) because.push(reason("SA-TYPE-01", "numbers match numbers"));
  if (matched.length > 1)
    because.push(reason("SA-RED-03", `${matched.length} values of ${field.name} are alternatives`));
  const starred = field.cells.some((cell) => isStar(cell.value));
  if (starred) because.push(reason("SA-WLD-02", `* of ${field.name} is ${listed.map(textOf).join(", ")}`));
  if (starred && unlisted(listed, asking))
    because.push(reason("SA-RED-07", `the data hold values of ${field.name} that no row lists`));
  if (absent.length > 0) because.push(reason("SA-RED-06", `${absent.map(textOf).join(", ")} is not in the data`));
  if (asking.blank) because.push(reason("SA-STR-10", `a blank ${field.name} beside values adds nothing`));
  if (level === "ADMIN") because.push(reason("SA-ACC-03", `ADMIN is limited by ${field.name}`));
  return [...because, ...whySpelling(field), ...whyCaseMisses(field, absent, asking)];
}

/** The script's spelling was raised to upper case (SA-CASE-01). */
function whySpelling(field: ReducingField): Reason[] {
  const raised = field.cells.find((cell) => !isStar(cell.value) && textOf(cell.value) !== textOf(cell.asWritten));
  if (raised === undefined) return [];
  return [reason("SA-CASE-01", `${textOf(raised.asWritten)} is read as ${textOf(raised.value)}`)];
}

/** Values of the data that only letter case keeps apart (SA-CASE-04), or that are the number a text shows (SA-TYPE-03). */
export function whyCaseMisses(field: ReducingField, absent: readonly Value[], { app, dialect }: Asking): Reason[] {
  const near = (value: Value): Reason[] => {
    if (typeof value !== "string") return [];
    const data = app.flatMap((table) => field.appFields.flatMap((name) => columnValues(table, name)));
    const sameLetters = data.find((held) => typeof held === "string" && upperText(held) === upperText(value));
    if (sameLetters !== undefined) return [reason("SA-CASE-04", `${value} is not ${textOf(sameLetters)}`)];
    const sameDigits = data.find((held) => typeof held === "number" && String(held) === value);
    return sameDigits === undefined ? [] : [reason("SA-TYPE-03", `the text ${value} is not the number ${value}`)];
  };
  return dialect.valueMatch === "exactUpper" ? absent.flatMap(near) : [];
}

function columnValues(table: AppTable, field: string): readonly Value[] {
  const column = table.fields.indexOf(field);
  return column < 0 ? [] : table.rows.map((row) => row[column] ?? null);
}

export function whyScope(missed: number, fields: number): Reason[] {
  if (missed === 0 || fields < 2 || missed === fields) return [];
  return [reason("SA-STR-08", `${missed} of ${fields} reducing fields match nothing`)];
}

/** A field that differs from an app field by letter case alone reduces nothing: the silent fail-open (SA-RED-02). */
export function whyUnlinked({ tables, app, dialect }: Asking): Reason[] {
  const inApp = appFieldsOf(app);
  const names = [...new Set(tables.flatMap((table) => table.fields))].filter((name) => !isSystemField(name, dialect));
  return names.flatMap((name) => {
    if (inApp.some((field) => namesMatch(name, field, dialect))) return [];
    const near = inApp.find((field) => upperText(field) === upperText(name));
    return near === undefined ? [] : [reason("SA-RED-02", `${name} is not the app's field ${near}`)];
  });
}
