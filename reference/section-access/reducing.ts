/** Step 3: what the applying rows select in the app's fields (§6–§8): OR inside a field, AND between fields. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Reason, RequirementId, Value } from "../../contract/types.ts";
import type { AppTable } from "../../reload/model.ts";
import { cellsOf, columnOf, type Cell, type SecurityTable } from "./access-model.ts";
import { isSystemField, type Level, type Standing } from "./identity.ts";
import type { Selection } from "./propagation.ts";
import { borderKey, isBlank, isStar, linkKey, textOf, upperText } from "./values.ts";

/** A field of section access with a counterpart in the app. */
export interface ReducingField {
  readonly name: string;
  /** Fields of the app it selects in. */
  readonly appFields: readonly string[];
  /** Cells of the rows that apply. */
  readonly cells: readonly Cell[];
}

/** What one reducing field comes to; `missed`: no value matches and that is not forgiven. */
export type FieldDecision =
  | { readonly kind: "values"; readonly keys: ReadonlySet<string>; readonly because: readonly Reason[] }
  | { readonly kind: "unrestricted" | "missed"; readonly because: readonly Reason[] };

export type ReducingSelection =
  | { readonly granted: true; readonly selection: Selection; readonly because: readonly Reason[] }
  | { readonly granted: false; readonly because: readonly Reason[] };

interface Asking {
  readonly tables: readonly SecurityTable[];
  readonly app: readonly AppTable[];
  readonly level: Level;
  readonly dialect: Dialect;
}

function reason(requirement: RequirementId, evidence: string): Reason {
  return { requirement, evidence };
}

function appFieldsOf(app: readonly AppTable[]): readonly string[] {
  return [...new Set(app.flatMap((table) => table.fields))];
}

function namesMatch(securityName: string, appName: string, dialect: Dialect): boolean {
  if (dialect.reductionNameMatch === "exactUpper") return securityName === appName;
  return upperText(securityName) === upperText(appName);
}

/** Fields of section access that exist in the app: linking is by name alone (SA-RED-01, SA-SCR-08). */
export function reducingFields(standing: Standing, asking: Asking): readonly ReducingField[] {
  const { tables, dialect } = asking;
  const inApp = appFieldsOf(asking.app);
  const names = [...new Set(tables.flatMap((table) => table.fields))];
  return names
    .filter((name) => dialect.systemFieldsReduce || !isSystemField(name, dialect))
    .map((name) => ({
      name,
      appFields: inApp.filter((field) => namesMatch(name, field, dialect)),
      cells: cellsOf(tables, name, standing.rows),
    }))
    .filter((field) => field.appFields.length > 0);
}

/** A star stands for every value listed in its column, for whomever (SA-WLD-02 to SA-WLD-04). */
export function expandStars(
  field: string,
  cells: readonly Cell[],
  asking: Pick<Asking, "tables" | "dialect">,
): readonly Value[] {
  const values = cells.flatMap(({ value, table }) => {
    if (!isStar(value)) return isBlank(value) ? [] : [value];
    const scope = asking.dialect.starScope === "table" ? [table] : asking.tables;
    return scope.flatMap((listing) => columnOf(listing, field)).filter((listed) => !isStar(listed) && !isBlank(listed));
  });
  return [...new Map(values.map((value) => [linkKey(value), value])).values()];
}

/** Keys of the values that the app's fields hold. */
function dataKeys(app: readonly AppTable[], fields: readonly string[], dialect: Dialect): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const table of app) {
    const columns = table.fields.flatMap((field, column) => (fields.includes(field) ? [column] : []));
    for (const row of table.rows) {
      for (const column of columns) keys.add(borderKey(row[column] ?? null, dialect) ?? "");
    }
  }
  keys.delete("");
  return keys;
}

/** Whether a user whose field matches nothing is let in unreduced by it (§8). */
function forgives(level: Level, blankOnly: boolean, dialect: Dialect): boolean {
  if (level === "ADMIN" && dialect.adminLevel === "admin") return dialect.adminNoMatch === "all";
  if (level === "ADMIN" && dialect.adminNoMatch === "deny") return false;
  return (blankOnly && dialect.userBlank === "all") || !dialect.strict;
}

function whyMissed(level: Level, blankOnly: boolean, dialect: Dialect): RequirementId {
  if (level === "ADMIN" && dialect.adminLevel === "user") return "SA-STR-05";
  if (level === "ADMIN") return blankOnly ? "SA-ACC-04" : "SA-STR-04";
  if (!dialect.strict) return "SA-STR-06";
  return blankOnly ? "SA-STR-03" : "SA-STR-02";
}

/** The decision table of §8 for one field. */
export function decideField(field: ReducingField, asking: Asking): FieldDecision {
  const { level, dialect } = asking;
  if (level === "ADMIN" && !dialect.adminReduced) {
    return { kind: "unrestricted", because: [reason("SA-ACC-03", "ADMIN sees all data")] };
  }
  const listed = expandStars(field.name, field.cells, asking);
  const inData = dataKeys(asking.app, field.appFields, dialect);
  const keys = new Set(listed.map((value) => borderKey(value, dialect) ?? "").filter((key) => inData.has(key)));
  const blank = field.cells.some((cell) => isBlank(cell.value));
  if (keys.size > 0) {
    if (level === "ADMIN" && blank && dialect.adminBlankBesideValue === "all") {
      return {
        kind: "unrestricted",
        because: [reason("SA-STR-10", `a blank ${field.name} opens everything to ADMIN`)],
      };
    }
    return { kind: "values", keys, because: whyValues(field, listed, { ...asking, keys, blank }) };
  }
  return decideUnmatched(field, listed, asking);
}

function decideUnmatched(field: ReducingField, listed: readonly Value[], asking: Asking): FieldDecision {
  const { level, dialect } = asking;
  const blankOnly = field.cells.every((cell) => isBlank(cell.value));
  const requirement = whyMissed(level, blankOnly, dialect);
  const found = blankOnly ? "blank" : listed.length === 0 ? "*, and nothing is listed" : listed.map(textOf).join(", ");
  const because = [
    reason(requirement, `${field.name} is ${found}: no value of the data`),
    ...whyCaseMisses(field, listed, asking),
  ];
  if (!blankOnly && listed.length === 0) because.push(reason("SA-WLD-05", `* of ${field.name} lists nothing`));
  return { kind: forgives(level, blankOnly, dialect) ? "unrestricted" : "missed", because };
}

interface Matched extends Asking {
  readonly keys: ReadonlySet<string>;
  readonly blank: boolean;
}

function whyValues(field: ReducingField, listed: readonly Value[], asking: Matched): Reason[] {
  const { keys, dialect, level } = asking;
  const matched = listed.filter((value) => keys.has(borderKey(value, dialect) ?? ""));
  const absent = listed.filter((value) => !matched.includes(value));
  const because = [reason("SA-RED-01", `${field.name} is ${matched.map(textOf).join(" or ")}`)];
  if (matched.length > 1)
    because.push(reason("SA-RED-03", `${matched.length} values of ${field.name} are alternatives`));
  if (field.cells.some((cell) => isStar(cell.value)))
    because.push(reason("SA-WLD-02", `* of ${field.name} is ${listed.map(textOf).join(", ")}`));
  if (absent.length > 0) because.push(reason("SA-RED-06", `${absent.map(textOf).join(", ")} is not in the data`));
  if (asking.blank) because.push(reason("SA-STR-10", `a blank ${field.name} beside values adds nothing`));
  if (level === "ADMIN") because.push(reason("SA-ACC-03", `ADMIN is limited by ${field.name}`));
  return [...because, ...whySpelling(field), ...whyCaseMisses(field, absent, asking)];
}

/** The script's spelling was raised to upper case (SA-CASE-01). */
function whySpelling(field: ReducingField): Reason[] {
  const raised = field.cells.find((cell) => textOf(cell.value) !== textOf(cell.asWritten));
  if (raised === undefined) return [];
  return [reason("SA-CASE-01", `${textOf(raised.asWritten)} is read as ${textOf(raised.value)}`)];
}

/** Values of the data that only letter case keeps apart (SA-CASE-04), or that are the number a text shows (SA-TYPE-03). */
function whyCaseMisses(field: ReducingField, absent: readonly Value[], { app, dialect }: Asking): Reason[] {
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

/** All reducing fields together: refused, or the selection to spread through the app. */
export function reducingSelection(standing: Standing, asking: Asking): ReducingSelection {
  const { dialect } = asking;
  const decided = reducingFields(standing, asking).map((field) => ({ field, decision: decideField(field, asking) }));
  const missed = decided.filter(({ decision }) => decision.kind === "missed");
  const refused =
    dialect.strictScope === "perField" ? missed.length > 0 : missed.length > 0 && missed.length === decided.length;
  if (refused) {
    return {
      granted: false,
      because: [...missed.flatMap(({ decision }) => decision.because), ...whyScope(missed.length, decided.length)],
    };
  }
  const selection = new Map<string, (value: Value) => boolean>();
  for (const { field, decision } of decided) {
    if (decision.kind !== "values") continue;
    const allows = (value: Value): boolean => decision.keys.has(borderKey(value, dialect) ?? "");
    for (const name of field.appFields) selection.set(name, allows);
  }
  const because = decided.flatMap(({ decision }) => decision.because);
  if (selection.size > 1)
    because.push(reason("SA-RED-04", `${[...selection.keys()].join(" and ")} must both fit; pairs are not kept`));
  return {
    granted: true,
    selection,
    because: [...because, ...whyScope(missed.length, decided.length), ...whyUnlinked(asking)],
  };
}

function whyScope(missed: number, fields: number): Reason[] {
  if (missed === 0 || fields < 2 || missed === fields) return [];
  return [reason("SA-STR-08", `${missed} of ${fields} reducing fields match nothing`)];
}

/** A field that differs from an app field by letter case alone reduces nothing: the silent fail-open (SA-RED-02). */
function whyUnlinked({ tables, app, dialect }: Asking): Reason[] {
  const inApp = appFieldsOf(app);
  const names = [...new Set(tables.flatMap((table) => table.fields))].filter((name) => !isSystemField(name, dialect));
  return names.flatMap((name) => {
    if (inApp.some((field) => namesMatch(name, field, dialect))) return [];
    const near = inApp.find((field) => upperText(field) === upperText(name));
    return near === undefined ? [] : [reason("SA-RED-02", `${name} is not the app's field ${near}`)];
  });
}
