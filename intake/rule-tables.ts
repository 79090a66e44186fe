/** Security rules in tables: CSV as spreadsheets and PowerShell write it. */
import { parse } from "csv-parse/sync";
import { ConformanceError, type Place } from "../contract/errors.ts";
import type { Json } from "../contract/types.ts";

export interface RuleRow {
  readonly fields: { readonly [field: string]: Json };
  readonly place: Place;
}

/** Conditions are long; a row beyond this is another kind of file. */
const longestRow = 200_000;

/** Heads of the QMC's columns, beside the fields of QRS. */
const heads: ReadonlyMap<string, string> = new Map([
  ["conditions", "rule"],
  ["condition", "rule"],
  ["resource filter", "resourceFilter"],
  ["filter", "resourceFilter"],
  ["resource", "resourceFilter"],
  ["action", "actions"],
  ["context", "ruleContext"],
  ["description", "comment"],
]);

const needed: readonly string[] = ["name", "resourceFilter", "actions", "rule"];

function fieldOf(head: string): string {
  const lower = head.trim().toLowerCase();
  return heads.get(lower) ?? needed.find((field) => field.toLowerCase() === lower) ?? head.trim();
}

/** `Export-Csv` of Windows PowerShell begins with the type of what it wrote. */
function bodyOf(text: string): { readonly body: string; readonly skipped: number } {
  const typed = /^(?:#TYPE[^\r\n]*|sep=.)\r?\n/i.exec(text)?.[0] ?? "";
  return { body: text.slice(typed.length), skipped: typed === "" ? 0 : 1 };
}

function delimiterOf(body: string): string {
  const head = /^[^\r\n]*/.exec(body)?.[0] ?? "";
  const counts = [",", ";", "\t"].map((sign) => ({ sign, count: head.split(sign).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}

/** Whether a text that is no JSON begins as a table of rules does. */
export function isRuleTable(text: string): boolean {
  const { body } = bodyOf(text);
  const names = (/^[^\r\n]{0,2000}/.exec(body)?.[0] ?? "").split(delimiterOf(body));
  return names.some((name) => fieldOf(name.replaceAll(/^\s*"|"\s*$/g, "")) === "resourceFilter");
}

function bad(message: string, place: Place, cause?: unknown): ConformanceError {
  const details = {
    ...place,
    expected: "columns name, resourceFilter, actions and rule",
    ...(cause === undefined ? {} : { cause }),
  };
  return new ConformanceError("input", message, { ...details, remedy: "name the columns as QRS names the fields" });
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function recordsOf(body: string, file: string, skipped: number): readonly Parsed[] {
  try {
    return parse(body, {
      delimiter: delimiterOf(body),
      info: true,
      relax_column_count_less: true,
      max_record_size: longestRow,
    }) as unknown as readonly Parsed[];
  } catch (cause) {
    const line = cause instanceof Error && "lines" in cause && typeof cause.lines === "number" ? cause.lines : 1;
    throw bad("not CSV", { file, line: line + skipped }, cause);
  }
}

/** The rows below the head, each with the line it begins in. Throws `input` where it is no table, or a column lacks. */
export function readRuleTable(text: string, file: string): readonly RuleRow[] {
  const { body, skipped } = bodyOf(text);
  const [head, ...others] = recordsOf(body, file, skipped);
  const columns = (head?.record ?? []).map(fieldOf);
  const lacks = needed.find((field) => !columns.includes(field));
  if (lacks !== undefined) throw bad(`the table has no column "${lacks}"`, { file, line: 1 + skipped });
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined) throw bad(`the table has two columns "${twice}"`, { file, line: 1 + skipped });
  let line = (head?.info.lines ?? 1) + skipped;
  return others.flatMap(({ record, info }): readonly RuleRow[] => {
    const place = { file, line: line + 1 };
    line = info.lines + skipped;
    if (record.every((cell) => cell.trim() === "")) return [];
    return [{ fields: Object.fromEntries(columns.map((name, at) => [name, record[at] ?? ""])), place }];
  });
}
